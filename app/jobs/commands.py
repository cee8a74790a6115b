"""``flask jobs``: do what is due, once or for as long as the process lives."""

from __future__ import annotations

import logging
import sys

import click
from flask import current_app
from flask.cli import AppGroup

from app import notifications
from app.jobs.consumer import Jobs, queue_for
from app.jobs.passes import run_due
from app.models import db
from config import ConfigError

jobs = AppGroup("jobs", help="Due periods, papers, messages, the nightly look.")


@jobs.command("run")
@click.option("--workers", type=click.IntRange(1, 32), default=2, show_default=True, help="How many rows at a time.")
def run(workers: int) -> None:
    """Run until told to stop."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        _choose_channels()
        queue = queue_for(app.config["PEIYOU"], app.config["SQLALCHEMY_DATABASE_URI"])
    except ConfigError as error:
        sys.exit(str(error))
    Jobs(app, queue).run(workers)


@jobs.command("once")
def once() -> None:
    """Do everything that is due now, and end."""
    try:
        _choose_channels()
    except ConfigError as error:
        sys.exit(str(error))
    counts = run_due(db.session(), current_app.config["PEIYOU"])
    for name in sorted({*counts.done, *counts.left}):
        click.echo(f"{name}: {counts.done[name]} done, {counts.left[name]} left")
    for name, found in counts.nightly.items():
        click.echo(f"{name}: " + ", ".join(f"{n} {what}" for what, n in found.items()))


def _choose_channels() -> None:
    config = current_app.config["PEIYOU"]
    notifications.set_up(config.SMTP_URL, config.MAIL_FROM, config.SMS_GATEWAY)
