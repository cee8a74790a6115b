"""``flask demo``: the demonstration's city, its accounts and its clock. Only in demo mode."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import clock
from app.commands.workflows import publish_what_is_new
from app.demo import calls, people, targets
from app.demo.awards import Narrator
from app.demo.load import Teller
from app.demo.roster import RosterNarrator
from app.demo.services import ServiceNarrator
from app.domain.roles import Role
from app.edge.clockshift import KEY, follow
from app.jobs import run_due
from app.models import Membership, User, db
from app.queries import periods
from app.services import settings
from app.services.changing import changing

demo = AppGroup("demo", help="The demonstration: data, accounts, clock.")


@demo.command("load")
def load() -> None:
    """Load the city and its cases, unless they are there."""
    session = db.session()
    with changing(session):
        publish_what_is_new(session)
    if people.is_loaded(session):
        click.echo("演示数据已在")
        return
    with changing(session):
        city = people.build(session)
        published = calls.load(session, city)
    calendar = periods.calendar_of(session)
    targets.load(session, city, calendar)
    told = Teller(session, city, calendar).tell_all()
    told += Narrator(session, city).tell(published[1], published[3])
    keeper = RosterNarrator(session, city)
    told += keeper.selects() + ServiceNarrator(session, city).tell() + keeper.reviews()
    click.echo(f"已载入 {told} 件案件")


@demo.command("accounts")
@click.option(
    "--all", "everybody", is_flag=True, help="Everybody, not one person for each role and those of the README."
)
@click.option("--json", "as_json", is_flag=True, help="Everybody, as JSON.")
def accounts(everybody: bool, as_json: bool) -> None:
    """Print the demonstration's accounts: one for each role and those of the README, or all."""
    rows = [_account(user) for user in _people()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    first = {id(row) for row in {tuple(row["roles"]): row for row in reversed(rows)}.values()}
    shown = [row for row in rows if everybody or id(row) in first or row["username"] in people.GUIDES]
    for row in shown:
        where = row["unit"] or row["organization"]
        click.echo(f"{row['username']:<16}{row['password']:<20}{_named(row['roles'])}  {where}")


def _named(roles: list[str]) -> str:
    """Return roles by their Chinese and English names."""
    with force_locale("en"):
        return "、".join(f"{Role(code).label} · {gettext(Role(code).label)}" for code in roles)


def _people() -> list[User]:
    return list(
        db.session.scalars(
            select(User)
            .options(
                selectinload(User.memberships).joinedload(Membership.unit),
                selectinload(User.memberships).joinedload(Membership.organization),
            )
            .order_by(User.id)
        ).unique()
    )


def _account(user: User) -> dict[str, Any]:
    units = [m.unit.name for m in user.memberships if m.unit]
    organizations = [m.organization.name for m in user.memberships if m.organization]
    return {
        "username": user.username,
        "password": people.PASSWORD,
        "roles": sorted(user.roles),
        "unit": units[0] if units else None,
        "organization": organizations[0] if organizations else None,
    }


@demo.command("advance")
@click.option("--days", type=click.IntRange(1, 3660), required=True)
def advance(days: int) -> None:
    """Let the demonstration's clock run ahead by so many days, one at a time, and do each day what is due."""
    session = db.session()
    for _ in range(days):
        follow(session)
        with changing(session):
            settings.put(session, KEY, (clock.shift() + timedelta(days=1)).total_seconds())
        follow(session)
        run_due(session, current_app.config["PEIYOU"])
    click.echo(f"现在是 {clock.now():%Y-%m-%d %H:%M}")
