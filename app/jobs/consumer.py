"""The consumer: a ticker that looks for what is due and puts ids into the queue, workers that take them out.

Several consumers may run on several machines. The queue may lose or repeat an id: the rows are asked again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import huey
from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from app import clock
from app.edge import clockshift
from app.jobs import runs
from app.jobs.kinds import KINDS, NIGHTLY, Kind
from app.models import db
from config import Config, ConfigError

log = logging.getLogger(__name__)

AT_ONCE = 50
AGAIN_AFTER = 60  # seconds; an id that another machine took and lost is put into the queue again
HEARTBEAT_EVERY = 30
NIGHTLY_EVERY = 60
NIGHTLY_AGAIN_AFTER = 6 * 3600
NAME = "peiyou"


def queue_for(config: Config, database_url: str) -> huey.Huey:
    """Return the queue: Redis where ``QUEUE_URL`` says so, else beside the database."""
    if config.QUEUE_URL.startswith(("redis://", "rediss://")):
        try:
            return huey.PriorityRedisHuey(NAME, results=False, url=config.QUEUE_URL)
        except huey.exceptions.ConfigurationError as error:
            raise ConfigError("无法启动：没有安装 redis。Cannot start: the package redis is not installed.") from error
    if config.QUEUE_URL:
        raise ConfigError(
            "无法启动：PEIYOU_QUEUE_URL 应为 redis://…。Cannot start: PEIYOU_QUEUE_URL must be redis://…."
        )
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return huey.PostgresHuey(NAME, results=False, dsn=dsn)
    return huey.SqliteHuey(NAME, results=False, filename=str(Path(config.INSTANCE).resolve() / "jobs.db"))


class Jobs:
    """The jobs of an application on a queue."""

    def __init__(self, app: Flask, queue: huey.Huey) -> None:
        self.app = app
        self.config: Config = app.config["PEIYOU"]
        self.queue = queue
        self.asked: dict[tuple[str, int | str], float] = {}
        self.done: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.beat_at: datetime | None = None
        self.next: dict[str, float] = {}
        self.tasks = {kind.name: self._task(kind) for kind in KINDS}
        self.night = queue.task(name="nightly", priority=0)(self._nightly)

    def _task(self, kind: Kind) -> Callable[[int], object]:
        def work(row_id: int) -> None:
            try:
                with self.app.app_context():
                    well = kind.do(db.session(), row_id, self.config)
                (self.done if well else self.left)[kind.name] += 1
            finally:
                self.asked.pop((kind.name, row_id), None)

        task: Callable[[int], object] = self.queue.task(name=kind.name, priority=kind.urgency)(work)
        return task

    def _nightly(self, name: str) -> None:
        with self.app.app_context():
            found = NIGHTLY[name](db.session())
            runs.note(db.session(), {name: found})

    def run(self, workers: int) -> None:
        """Work until told to stop: SIGTERM lets what is in hand be finished, SIGINT does not wait."""
        consumer = self.queue.create_consumer(
            workers=workers, periodic=False, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=30
        )
        stop = threading.Event()
        ticker = threading.Thread(target=self._tick_until, args=(stop,), name="ticker", daemon=True)
        ticker.start()
        try:
            consumer.run()
        finally:
            stop.set()
            ticker.join(5)

    def _tick_until(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                with self.app.app_context():
                    self.tick(db.session())
            except Exception:
                log.exception("a tick failed; the next one tries again")
            stop.wait(1)

    def tick(self, session: Session) -> None:
        """Put into the queue what is due of each kind whose turn it is; say that the jobs are alive."""
        if self.app.config["DEMO"]:
            clockshift.follow(session)
            session.rollback()
        for kind in KINDS:
            if self._is_turn_of(kind.name, kind.every):
                for row_id in kind.due(session, AT_ONCE):
                    self._ask(kind.name, row_id, self.tasks[kind.name], AGAIN_AFTER)
        if self._is_turn_of("nightly", NIGHTLY_EVERY):
            for name in runs.nightly_due(session, NIGHTLY):
                self._ask("nightly", name, self.night, NIGHTLY_AGAIN_AFTER)
        self._beat(session)

    def _is_turn_of(self, name: str, every: int) -> bool:
        now = time.monotonic()
        if now < self.next.get(name, 0):
            return False
        self.next[name] = now + every
        return True

    def _ask(self, name: str, what: int | str, task: Callable[..., object], again_after: int) -> None:
        now = time.monotonic()
        asked = self.asked.get((name, what))
        if asked is None or now - asked > again_after:
            self.asked[name, what] = now
            task(what)

    def _beat(self, session: Session) -> None:
        """Write down once in a while what was done; at once after a demonstration's clock was moved."""
        if self.beat_at is not None and 0 <= (clock.now() - self.beat_at).total_seconds() < HEARTBEAT_EVERY:
            return
        self.beat_at = clock.now()
        detail = {k.name: {"done": self.done[k.name], "left": self.left[k.name]} for k in KINDS}
        runs.note(session, {runs.HEARTBEAT: {}, **detail})
