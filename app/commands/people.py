"""``flask people``: the first administrator of a new installation; everybody else is entered on the pages."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app import clock
from app.domain.errors import RuleBroken
from app.domain.passwords import check_password, hash_password
from app.domain.roles import Role
from app.models import Membership, OrgUnit, User, db
from app.services.accounts import username_of
from app.services.changing import changing

people = AppGroup("people", help="People who can sign in.")


@people.command("first-admin")
@click.argument("username")
@click.option("--name", prompt="姓名 · name")
@click.option("--unit", prompt="市局名称 · name of the city bureau")
@click.option("--region", prompt="行政区划代码（六位数字） · region code (six digits)")
@click.option("--password", prompt="密码 · password", hide_input=True, confirmation_prompt=True)
def first_admin(username: str, name: str, unit: str, region: str, password: str) -> None:
    """Enter the city bureau and its first administrator; refused where there is an administrator already."""
    session = db.session()
    if session.scalar(select(Membership.id).where(Membership.role == Role.ADMIN.value).limit(1)):
        click.echo("已经有系统管理员 · there is an administrator already", err=True)
        sys.exit(2)
    entered, username = username, username_of(username)
    if not username:
        click.echo(f"不能用作用户名 · no user name: {entered}", err=True)
        sys.exit(2)
    if not (region.isascii() and region.isdecimal() and len(region) == 6):
        click.echo(f"不是行政区划代码 · no region code: {region}", err=True)
        sys.exit(2)
    try:
        check_password(password, username)
    except RuleBroken as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    now = clock.now()
    with changing(session):
        bureau = OrgUnit(code="city", name=unit, name_en=unit, kind="city_bureau", region=region, active=True)
        user = User(
            username=username,
            name=name,
            password_hash=hash_password(password),
            password_changed_at=now,
            created_at=now,
        )
        user.memberships.append(Membership(role=Role.ADMIN.value, unit=bureau))
        session.add(user)
    click.echo(f"{username} 可以登录了 · {username} can sign in")
