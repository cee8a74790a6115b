"""Commands, each also of use to a person at a desk."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Register the commands."""
    from app.commands import awards, cases, deadlines, demo, people, workflows
    from app.jobs import commands as jobs
    from app.models import db
    from app.queries import award_options, award_schedule, periods
    from app.services import settings

    app.cli.add_command(
        deadlines.deadline_commands(
            lambda: periods.calendar_of(db.session()),
            lambda key: settings.variant(db.session(), key),
            lambda key: settings.length(db.session(), key),
        )
    )
    app.cli.add_command(
        awards.award_commands(
            lambda day: award_schedule.lines_on(db.session(), day),
            lambda: award_options.rounding(db.session()),
        )
    )
    for group in (cases.cases, people.people, workflows.workflows, jobs.jobs):
        app.cli.add_command(group)
    if app.config["DEMO"]:
        app.cli.add_command(demo.demo)
