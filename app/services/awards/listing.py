"""Loading the recognised list of a direct award: every bad row is told, and nothing is loaded by halves."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import identifiers
from app.domain.awards import applications
from app.domain.awards.applications import Thing
from app.domain.awards.calls import CallMode
from app.domain.awards.kinds import Mode
from app.domain.awards.payments import BadRow
from app.domain.awards.schedule import Award, on_day
from app.domain.errors import RuleBroken
from app.domain.events import GrantOffered
from app.models import AwardApplication, AwardCall, AwardSchedule, AwardThing, Case, Organization, User
from app.queries import award_calls, award_options, award_schedule, versions
from app.services import access_log, cases, sheets
from app.services.acting import Acting, Answers, Data
from app.services.awards import recovering, request
from app.services.filing import organization_named

COLUMNS = ("单位名称", "统一社会信用代码", "奖项编号", "事项名称", "事项编号", "认定日期", "实际金额（元）")
MOST = 2000


@dataclass(frozen=True, slots=True)
class Listed:
    """One unit on a list: who, for which award and thing, and for awards by per cent the price."""

    name: str
    uscc: str
    line: Award
    thing: Thing
    base: Decimal | None


def load(
    session: Session, call: AwardCall, data: bytes, *, by: User, address: str = ""
) -> tuple[list[Case], list[BadRow]]:
    """Open a case for every unit on the list and ask it to confirm; or open none, and return every bad row."""
    policy.check(by, "award_list.load", call)
    if call.mode != CallMode.DIRECT or call.number is None:
        raise RuleBroken("只有已发布的免申即享通知才载入名单", field="file")
    rows = sheets.read(BytesIO(data), COLUMNS, most=MOST)
    if not rows:
        raise RuleBroken("表格中没有名单", field="file")
    version = versions.in_force(session, AwardSchedule, clock.today())
    lines = award_schedule.lines_of(version)
    listed, bad = _read(session, call, lines, rows)
    if bad:
        return [], bad
    opened = [_open(session, request.Asked(call, one.line, version.digest), one, by=by) for one in listed]
    access_log.record(session, "award_list_loaded", user=by, address=address, call=call.number, lines=len(opened))
    return opened, []


def _read(
    session: Session, call: AwardCall, lines: Sequence[Award], rows: Sequence[sheets.Row]
) -> tuple[list[Listed], list[BadRow]]:
    good: list[Listed] = []
    bad: list[BadRow] = []
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        try:
            one = _listed(call, lines, row.cells)
            key = (one.uscc, one.line.id, one.thing.key)
            if key in seen:
                raise RuleBroken("与前面的一行重复")
            _refuse_outside(session, call, one)
            if _is_there(session, one):
                raise RuleBroken("这一单位的这一事项已经载入过")
            seen.add(key)
            good.append(one)
        except RuleBroken as refusal:
            bad.append(BadRow(row.number, refusal))
    return good, bad


def _listed(call: AwardCall, lines: Sequence[Award], cells: Sequence[Any]) -> Listed:
    name, code, award, thing, number, on, base = cells
    if not str(name or "").strip():
        raise RuleBroken("缺少单位名称")
    if str(award or "").strip().upper() not in call.awards:
        raise RuleBroken("奖项 %(award)s 不在这一通知中", award=str(award or "（空）"))
    line = on_day(lines, str(award).strip().upper(), clock.today())
    if not str(thing or "").strip() or not str(number or "").strip():
        raise RuleBroken("缺少事项名称或者编号")
    found = Thing(str(thing).strip()[:200], str(number).strip()[:80], _day(on))
    applications.refuse_bad_things([found], line, clock.today())
    return Listed(str(name).strip()[:200], identifiers.uscc(str(code or "")), line, found, _base(line, base))


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        raise RuleBroken("认定日期应当是日期，例如 2026-05-01") from None


def _base(line: Award, value: Any) -> Decimal | None:
    if line.mode is not Mode.PERCENT:
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise RuleBroken("按比例的奖项应当填写实际金额") from None
    if not amount.is_finite() or amount <= 0:
        raise RuleBroken("实际金额应当大于 0")
    return amount


def _refuse_outside(session: Session, call: AwardCall, one: Listed) -> None:
    unit = session.scalar(select(Organization).where(Organization.uscc == one.uscc))
    if not award_calls.is_for(session, call, unit.id if unit else None, clock.today()):
        raise RuleBroken("这一单位不在培优名录中")
    if unit is not None:
        recovering.refuse_barred(session, unit, clock.today())


def _is_there(session: Session, one: Listed) -> bool:
    """Say whether the same unit was listed for the same thing and award before, unless it ended without a grant."""
    rows = (
        exists()
        .where(AwardThing.case_id == AwardApplication.case_id, AwardThing.key == one.thing.key[:80])
        .where(AwardApplication.award == one.line.id, AwardApplication.mode == CallMode.DIRECT.value)
        .where(Case.id == AwardApplication.case_id, Case.closed_at.is_(None))
    )
    return bool(session.scalar(select(rows)))


def _open(session: Session, asked: request.Asked, one: Listed, *, by: User) -> Case:
    def begins(acting: Acting, _answers: Answers) -> Data:
        entry = {"kind": "enterprise", "name": one.name, "uscc": one.uscc}
        organization = organization_named(acting, entry)
        request.enter(acting, organization, one.line)
        row = request.entered(acting, asked, organization, [one.thing], base=one.base, account=None)
        row.district_id = request.district_of(acting, organization)
        acting.session.flush()  # the event and the offer refer to it
        acting.milestone("grant_offered", acting.today)
        acting.lengths["award.confirm"] = award_options.days(acting.session, "award.confirm_days")
        acting.record(GrantOffered(award=one.line.name.zh, amount=row.requested))
        return request.beginning(asked.call)

    answers = {
        "applies_for": f"{asked.call.number}:{one.line.id}",
        "organization_name": one.name,
        "number": one.thing.number,
    }
    return cases.begin(session, applications.PROCESS, answers, begins, _key(asked.call, one), by=by)


def _key(call: AwardCall, one: Listed) -> str:
    """Return under which key a line is loaded: two who load the same list at once load it once."""
    told = f"{clock.today()}|{call.id}|{one.uscc}|{one.line.id}|{one.thing.key}"
    return hashlib.sha256(told.encode()).hexdigest()
