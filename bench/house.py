"""A house to measure in: a fresh database of either kind, the bench's processes, an office, and the real server."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
from flask import Flask
from sqlalchemy.orm import Session
from stdnum.cn import uscc

from app import clock, create_app
from app.commands import workflows
from app.domain.passwords import hash_password
from app.domain.roles import Role
from app.edge import timing
from app.models import Base, Membership, Organization, OrgUnit, User, db
from app.services import processes, tokens
from bench import forms, steps
from bench.client import Client
from config import Config
from tests.postgres import fresh_database, server

ROOT = Path(__file__).parents[1]
PROCESSES = Path(__file__).parent / "processes"
PASSWORD = "right-Horse-7-battery"  # noqa: S105 - of people who do not exist
UNITS = 20
ROLES = (Role.INTAKE_CLERK, Role.MEDIATOR, Role.DIRECTOR)
PATIENCE = 60  # seconds for a server to start


@dataclass
class House:
    """One database and the application over it. ``clerks`` are user ids, one for each unit."""

    name: str
    folder: Path
    app: Flask
    clerks: list[int]
    units: list[int]
    head: int
    """Somebody with three roles in one unit."""

    @property
    def session(self) -> Session:
        """Return the session of this thread."""
        return db.session()

    def person(self, user_id: int) -> User:
        """Return a person as a request would find them: in a session that knows nothing yet."""
        db.session.remove()
        return self.session.get_one(User, user_id)

    def tokens(self, user_ids: list[int]) -> list[str]:
        """Return a bearer token for each of these people."""
        found = [tokens.issue(self.session, self.session.get_one(User, i))[0] for i in user_ids]
        self.session.commit()
        return found

    @contextmanager
    def served(self, workers: int = 1) -> Iterator[Server]:
        """Serve the application as in production and stop it with the block."""
        db.session.remove()
        served = Server(self, workers)
        try:
            served.wait()
            yield served
        finally:
            served.stop()

    @contextmanager
    def consuming(self) -> Iterator[psutil.Process]:
        """Let the jobs run in a process of their own, as in production, and stop them with the block."""
        db.session.remove()
        asked = [sys.executable, "-m", "flask", "--app", "bench.wsgi:app", "jobs", "run"]
        process = psutil.Popen(asked, cwd=ROOT, env={**os.environ, **_environment(self.app.config["PEIYOU"])})
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


class Server:
    """The product's own server in processes of its own."""

    def __init__(self, house: House, workers: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        environment = {
            **os.environ,
            **_environment(house.app.config["PEIYOU"]),
            "PEIYOU_BIND": f"127.0.0.1:{self.port}",
            "WEB_CONCURRENCY": str(workers),
        }
        self.started_in = 0.0
        self.began = time.perf_counter()
        self.process = subprocess.Popen([sys.executable, "-m", "gunicorn", "bench.wsgi:app"], cwd=ROOT, env=environment)

    def wait(self) -> None:
        """Wait for the first answer, and note how many seconds it took (``started_in``)."""
        while time.perf_counter() - self.began < PATIENCE and self.process.poll() is None:
            try:
                with self.client() as client:
                    if client.get("/healthz").status == 200:
                        self.started_in = time.perf_counter() - self.began
                        return
            except OSError:
                time.sleep(0.01)
        raise TimeoutError("the server did not start")

    def client(self, token: str = "") -> Client:
        """Return a client with a connection that is kept."""
        return Client(self.port, token)

    def memory(self) -> list[tuple[int, int]]:
        """Return for each worker its memory as (proportional, resident) bytes."""
        found = [p.memory_full_info() for p in psutil.Process(self.process.pid).children()]
        return [(m.pss, m.rss) for m in found]

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(PATIENCE)


def _environment(config: Config) -> dict[str, str]:
    names = ("SECRET_KEY", "EVENTS_KEY", "FIELD_KEYS", "DATABASE_URL", "INSTANCE", "MODE")
    values = {f"PEIYOU_{name}": str(getattr(config, name)) for name in names}
    return {**values, "PEIYOU_SERVER_TIMING": "yes", "PEIYOU_SECURE_COOKIES": "no"}


# -- building ----------------------------------------------------------------------------------------------------------


class Site:
    """Where houses are built: a folder, and one PostgreSQL server for all of them."""

    def __init__(self, folder: Path, postgres: str) -> None:
        self.folder, self.postgres = folder, postgres
        self.built = 0

    @contextmanager
    def house(self, name: str) -> Iterator[House]:
        """Return a new house on the database ``name``, with an empty inbox; it is left with the block."""
        self.built += 1
        folder = self.folder / f"house{self.built}"
        folder.mkdir()
        app = create_app(_config(folder, fresh_database(self.postgres) if name == "PostgreSQL" else ""))
        timing.install(app)
        with app.app_context():
            yield _furnished(name, folder, app)
            db.session.remove()
            db.engine.dispose()


@contextmanager
def sites(folder: Path) -> Iterator[Site]:
    """Start PostgreSQL and return where houses can be built."""
    with server() as url:
        yield Site(folder, url)


def _config(folder: Path, url: str) -> Config:
    return Config(
        SECRET_KEY="s" * 40,
        EVENTS_KEY="e" * 40,
        FIELD_KEYS="k1=" + base64.b64encode(b"f" * 32).decode(),
        DATABASE_URL=url or f"sqlite:///{folder}/peiyou.db",
        INSTANCE=folder,
        MODE="bench",
        SECURE_COOKIES=False,
        SERVER_TIMING=True,
    )


def _furnished(name: str, folder: Path, app: Flask) -> House:
    session = db.session()
    Base.metadata.create_all(session.get_bind())
    _publish(session)
    units = [
        OrgUnit(code=f"u{n}", name=f"第{n}分局", name_en=f"Bureau {n}", kind="district_bureau", active=True)
        for n in range(1, UNITS + 1)
    ]
    organization = Organization(
        kind="enterprise", name="顺德美誉电器股份有限公司", uscc=_code("91440606MA5000009"), created_at=clock.now()
    )
    session.add_all([*units, organization])
    session.flush()  # the first organisation has the id that the answers of the bench name
    assert organization.id == forms.START["organization"]
    password = hash_password(PASSWORD)
    clerks = [_person(f"clerk{u.id}", password, [Membership(role=Role.INTAKE_CLERK, unit=u)]) for u in units]
    head = _person("head", password, [Membership(role=role, unit=units[0]) for role in ROLES])
    outside = _person("company", password, [Membership(role=Role.APPLICANT, organization=organization)])
    session.add_all([*clerks, head, outside])
    session.commit()
    return House(name, folder, app, [c.id for c in clerks], [u.id for u in units], head.id)


def _publish(session: Session) -> None:
    wiring = workflows.wiring()
    wiring = replace(wiring, data_names={*wiring.data_names, *steps.DATA_NAMES})
    processes.publish_folders(session, PROCESSES, wiring)


def _code(body: str) -> str:
    return body + str(uscc.calc_check_digit(body))


def _person(username: str, password_hash: str, memberships: list[Membership]) -> User:
    now = clock.now()
    return User(
        username=username,
        name=username,
        password_hash=password_hash,
        email=f"{username}@example.cn",
        password_changed_at=now,
        created_at=now,
        memberships=memberships,
    )
