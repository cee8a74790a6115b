"""The demonstration's surroundings: secrets of its own, made once, and whatever runs with them.

``python -m tools.demo flask demo advance --days 3`` runs a command of the product with them.
"""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.machine import ROOT, VENV, Done, files_below, fingerprint, say, start

INSTANCE = ROOT / "instance"
KEPT = INSTANCE / "demo.env"
DATABASE = INSTANCE / "peiyou.db"
FLASK = VENV / "bin" / "flask"


def environment(port: int = 8000) -> dict[str, str]:
    """Return the environment of the demonstration.

    It never touches an installation that the caller's environment speaks of: of ``PEIYOU_…`` only
    ``PEIYOU_DEMO_DATABASE_URL`` is listened to.
    """
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PEIYOU_")},
        "PEIYOU_MODE": "demo",
        "PEIYOU_INSTANCE": str(INSTANCE),
        "PEIYOU_DATABASE_URL": os.environ.get("PEIYOU_DEMO_DATABASE_URL", f"sqlite:///{DATABASE.name}"),
        "PEIYOU_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PEIYOU_SECURE_COOKIES": "no",  # 127.0.0.1 has no TLS
        "FLASK_APP": "wsgi:app",
        "PYTHONUNBUFFERED": "1",
        **_secrets(),
    }


def prepare(surroundings: Mapping[str, str]) -> None:
    """Bring the database to the newest migration and load the demonstration's data, unless both are there."""
    sources = files_below(ROOT / "migrations", ROOT / "workflows", ROOT / "app" / "demo")
    done = Done(INSTANCE / ".prepared", fingerprint(sources))
    own_database = surroundings["PEIYOU_DATABASE_URL"] == f"sqlite:///{DATABASE.name}"
    if done and own_database and DATABASE.exists():
        return
    say("准备数据库 · preparing the database")
    start(FLASK, "db", "upgrade", environment=surroundings)
    say("演示数据（第一次需要一两分钟） · demonstration data (the first time takes a minute or two)")
    start(FLASK, "demo", "load", environment=surroundings)
    if own_database:
        done.keep()


def _secrets() -> dict[str, str]:
    if not KEPT.exists():
        INSTANCE.mkdir(mode=0o700, exist_ok=True)
        _write_private(KEPT, "".join(f"{name}={value}\n" for name, value in _new_secrets().items()))
    return dict(line.split("=", 1) for line in KEPT.read_text().splitlines() if line)


def _new_secrets() -> dict[str, str]:
    return {
        "PEIYOU_SECRET_KEY": secrets.token_urlsafe(48),
        "PEIYOU_EVENTS_KEY": secrets.token_urlsafe(48),
        "PEIYOU_FIELD_KEYS": "demo=" + base64.b64encode(secrets.token_bytes(32)).decode(),
    }


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


if __name__ == "__main__":
    program, *words = sys.argv[1:]
    command = [str(VENV / "bin" / program), *words]
    raise SystemExit(subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode)
