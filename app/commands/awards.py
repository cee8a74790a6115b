"""``flask awards``: what an application comes to under the schedule, for a person at a desk and for machines."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from app.domain.awards import grants, schedule
from app.domain.awards.grants import Claim, Grant, Rounding
from app.domain.awards.schedule import Award
from app.domain.errors import NotFound, RuleBroken

REFUSED = 2
WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WRITTEN_AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
Lines = Callable[[date], Sequence[Award]]


def award_commands(lines: Lines, rounding: Callable[[], Rounding]) -> AppGroup:
    """Return the group of commands; ``lines`` gives what the schedule says on a day, ``rounding`` what the office chose."""
    group = AppGroup("awards", help="Awards: how much an application comes to, and why.")

    @group.command("compute")
    @click.option("--award", required=True, help="Id of the award (AW11).")
    @click.option("--on", "day", required=True, help="Day whose schedule counts; its year is the year of the cap.")
    @click.option("--base", default=None, metavar="YUAN", help="Price or premium, for awards by per cent.")
    @click.option("--items", default="1", metavar="N", help="How many marks, projects …")
    @click.option("--approved", default=None, metavar="YUAN", help="What was approved, for awards with a ceiling.")
    @click.option("--already", default="0", metavar="YUAN", help="Granted of this award in the same year before.")
    @click.option("--ratio", default="1", metavar="R", help="The part that the budget suffices for, up to 1.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    def compute_command(award: str, day: str, as_json: bool, **numbers: Any) -> None:
        """Say what is granted, step by step, with the text that gives it."""
        try:
            on = _day(day)
            line = schedule.on_day(lines(on), award.strip().upper(), on)
            grant = grants.compute(line, _claim(**numbers), year=on.year, rounding=rounding())
        except NotFound:
            _refuse("这一天还没有奖励标准")
        except RuleBroken as refusal:
            _refuse(str(refusal))
        except SQLAlchemyError:
            _refuse("读不到奖励标准：请先建立或者升级数据库（flask db upgrade）")
        click.echo(json.dumps(_as_json(line, grant), ensure_ascii=False) if as_json else _sentence(line, grant))

    return group


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(REFUSED)


def _claim(base: str | None, items: str, approved: str | None, already: str, ratio: str) -> Claim:
    return Claim(
        base=None if base is None else _amount(base, "--base"),
        items=int(_amount(items, "--items", whole=True)),
        approved=None if approved is None else _amount(approved, "--approved"),
        already=_amount(already, "--already"),
        ratio=_amount(ratio, "--ratio"),
    )


def _day(text: str) -> date:
    try:
        if not WRITTEN_DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError as error:
        raise RuleBroken("--on 的“%(text)s”不是日期，请写成 2026-05-01", text=text) from error


def _amount(text: str, option: str, *, whole: bool = False) -> Decimal:
    if not WRITTEN_AMOUNT.fullmatch(text) or (whole and "." in text):
        raise RuleBroken("%(option)s 的“%(text)s”不是数字", option=option, text=text)
    return Decimal(text)


def _as_json(award: Award, grant: Grant) -> dict[str, Any]:
    return {
        "award": award.id,
        "amount": f"{grant.amount:.2f}",
        "computed": f"{grant.computed:.2f}",
        "steps": [step.zh for step in grant.steps],
        "citation": award.citation.zh,
    }


def _sentence(award: Award, grant: Grant) -> str:
    steps = "；".join(step.zh for step in grant.steps)
    return f"{award.id} {award.name.zh}：{grants.money(grant.amount)} 元。{steps}。依据：{award.citation.zh}。"
