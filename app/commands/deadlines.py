"""``flask deadlines``: the reckoning of a period, for a person at a desk and for machines."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from app.domain import statute
from app.domain.calendar import Calendar
from app.domain.deadlines import Due, Pause, compute, regime_on
from app.domain.errors import RuleBroken
from app.domain.periods import AGREED, Length, Term, Unit

REFUSED = 2
WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WEEKDAYS = "一二三四五六日"


def _nothing(_key: str) -> None:
    """Return what an office has chosen that sets nothing for itself."""


def deadline_commands(
    calendar: Callable[[], Calendar] = Calendar,
    chosen: Callable[[str], str | None] = _nothing,
    chosen_length: Callable[[str], int | None] = _nothing,
) -> AppGroup:
    """Return the group of commands; ``calendar`` gives the office's calendar, without it the published one counts.

    ``chosen`` gives the variant that the office follows under a rule whose texts disagree, ``chosen_length`` the length
    that it has set between them.
    """
    group = AppGroup("deadlines", help="Periods: when they end and why.")

    @group.command("compute")
    @click.option("--rule", "name", required=True, help="Key of the rule (mediation.statement) or its id (TL32).")
    @click.option("--received", required=True, help="Day on which the request was received; decides the regime.")
    @click.option("--from", "start", required=True, help="Day of the event from which the period runs.")
    @click.option("--pause", "pauses", multiple=True, metavar="TYPE:A..B", help="Days that do not count; repeat.")
    @click.option("--extend", default="0", metavar="N", help="How many steps of the rule's ladder were granted.")
    @click.option(
        "--granted", multiple=True, metavar="N", help="A length that was granted, in the rule's unit; repeat."
    )
    @click.option("--length", default=None, metavar="N", help="Length set for this case, in the rule's own unit.")
    @click.option("--variant", default=None, help="Condition under which the rule has another length.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    def compute_command(
        name: str,
        received: str,
        start: str,
        pauses: tuple[str, ...],
        extend: str,
        granted: tuple[str, ...],
        length: str | None,
        variant: str | None,
        as_json: bool,
    ) -> None:
        """Say when a period is due, with the text that gives it."""
        try:
            if variant not in (None, AGREED) and length is not None:
                raise RuleBroken("--variant 和 --length 只能写一个")
            rule = statute.find(name)
            received_on, start_on = _day(received, "--received"), _day(start, "--from")
            if start_on < received_on and rule.term(regime_on(received_on)).start not in statute.BEFORE_THE_REQUEST:
                raise RuleBroken("--from 不应早于 --received：期限从收到请求之后的事情起算")
            own = None if length is None else _number(length, "--length")
            if own is None and variant is None and rule.configurable:
                variant, own = chosen(rule.key), chosen_length(rule.key)
            due = compute(
                rule,
                received=received_on,
                start=start_on,
                calendar=calendar(),
                pauses=[_pause(text) for text in pauses],
                extensions=_extensions(rule.term(regime_on(received_on)), extend, granted),
                length=own,
                variant=variant,
            )
        except RuleBroken as refusal:
            click.echo(str(refusal), err=True)
            sys.exit(REFUSED)
        except SQLAlchemyError:
            click.echo("读不到本局的工作日历：请先建立或者升级数据库（flask db upgrade）", err=True)
            sys.exit(REFUSED)
        click.echo(
            json.dumps(due.as_json(), ensure_ascii=False)
            if as_json
            else _sentence(name, due, own is None and variant is None)
        )

    return group


def _day(text: str, option: str) -> date:
    try:
        if not WRITTEN_DAY.fullmatch(text):  # other spellings of ISO 8601 are mistakes more often than dates
            raise ValueError
        return date.fromisoformat(text)
    except ValueError as error:
        raise RuleBroken("%(option)s 的“%(text)s”不是日期，请写成 2026-09-20", option=option, text=text) from error


def _number(text: str, option: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,6}", text):
        raise RuleBroken("%(option)s 的“%(text)s”不是数字", option=option, text=text)
    return int(text)


def _pause(text: str) -> Pause:
    parts = re.fullmatch(r"([a-z_]+):(.+)\.\.(.+)", text)
    if parts is None:
        raise RuleBroken("--pause 的“%(text)s”看不懂，请写成 suspension:2026-10-10..2026-10-20", text=text)
    return Pause(parts[1], _day(parts[2], "--pause"), _day(parts[3], "--pause"))


def _extensions(term: Term, steps: str, granted: tuple[str, ...]) -> int | list[Length]:
    """Return how many steps of the ladder were granted in full, or the lengths that were granted instead."""
    if not granted:
        taken = _number(steps, "--extend")
        if open_step := next((step for step in term.extensions[: max(taken, 0)] if step.length is None), None):
            text = "延长多少由%(authority)s决定，请用 --granted 写明准予延长的时间，例如 --granted 10"
            raise RuleBroken(text, authority=open_step.authority)
        return taken
    if steps != "0":
        raise RuleBroken("--extend 和 --granted 只能写一个")
    own = term.length or term.internal
    usual = own.unit if own else Unit.DAYS
    units = [step.length.unit if step.length else usual for step in term.extensions[: len(granted)]]
    units += [usual] * (len(granted) - len(units))  # a step too many is refused by the ladder
    return [Length(_number(text, "--granted"), unit) for text, unit in zip(granted, units, strict=True)]


def _sentence(name: str, due: Due, usual: bool) -> str:
    rule = statute.rule(due.rule)
    day = f"{due.due.isoformat()}（星期{WEEKDAYS[due.due.weekday()]}）"
    said = f"{rule.name.zh}：最后一日是 {day}24:00，依据{due.citation.zh}。"
    if due.provisional:
        said += "该年工作日历尚未公布，此日期为暂定。"
    if usual and rule.terms[due.regime].least is not None:
        said += "日数由本局指定，这里按通常的日数计算；另行指定的用 --length 写明。"
    keys = statute.keys_of(name)
    if len(keys) > 1:
        said += f"{rule.id} 下有 {len(keys)} 条规则（{'、'.join(keys)}），这里按 {due.rule} 计算。"
    return said
