"""In a demonstration the clock may run ahead: every request takes the shift from the table."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.models import Setting, db

KEY = "demo.clock_shift_seconds"


def install(app: Flask) -> None:
    """Let a demonstration follow ``flask demo advance``; anything else follows the wall."""
    if app.config["DEMO"]:
        app.before_request(lambda: follow(db.session()))


def follow(session: Session) -> None:
    """Set the clock as the demonstration has it."""
    row = session.scalar(select(Setting.value).where(Setting.key == KEY))
    clock.set_shift(timedelta(seconds=row or 0))
