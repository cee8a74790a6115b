"""The programme's targets: brought in with the product, planned, reported by one person and confirmed by another."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import targets as rules
from app.domain.errors import RuleBroken, Stale
from app.domain.targets import Stage, ValueState
from app.models import OrgUnit, Target, TargetPlan, TargetValue, User
from app.queries import targets as queries
from app.services import files as kept

WAITS = "这一年度已有一份待确认的数据，请等待确认或者退回后再填报"


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported: a number or a stage, in words beside it, and what proves it.

    ``reason`` says why a value that was confirmed before is corrected.
    """

    year: int
    figure: Decimal | Stage
    words: str = ""
    published: str = ""
    files: Iterable[int] = ()
    reason: str = ""


def bring_in(session: Session, path: Path) -> int:
    """Enter the targets that come with the product and are not there yet, with their plans; return how many."""
    there = set(session.scalars(select(Target.id)))
    lines = [line for line in json.loads(path.read_text()) if line["id"] not in there]
    for place, line in enumerate(lines, start=len(there) + 1):
        plan = line.pop("plan")
        target = Target(place=place, **{**line, "most": Decimal(line["most"])})
        session.add(target)
        for year, value in plan.items():
            rules.check_value(target.terms, Decimal(value))
            session.add(TargetPlan(target=target, year=int(year), value=Decimal(value), set_at=clock.now()))
    return len(lines)


def plan(
    session: Session, target: Target, *, year: int, unit: OrgUnit | None, value: Decimal, reason: str, by: User
) -> TargetPlan:
    """Set what is to be reached in a year: a district for itself, or the bureau for the city. The former plan is kept."""
    policy.check(by, "target.plan", unit)
    terms = target.terms
    _refuse_words(terms)
    if unit is not None:
        rules.check_reporter(terms, district=True)
    rules.check_plan_year(terms, year, clock.today())
    value = rules.check_value(terms, value)
    former = queries.plan_in_force(session, target, year, unit)
    if former is not None:
        session.refresh(former, with_for_update=True)
        if former.value == value:
            raise Stale("这一年度的计划已经是这个数值")
        former.replaced_at = clock.now()
        session.flush()  # one plan at a time is in force
    made = TargetPlan(
        target_id=target.id,
        year=year,
        unit_id=unit.id if unit else None,
        value=value,
        reason=reason,
        set_by_id=by.id,
        set_at=clock.now(),
    )
    session.add(made)
    _flush(session, "刚才已有人设定了这一年度的计划，请刷新后查看")
    return made


def report(session: Session, target: Target, given: Report, *, unit: OrgUnit | None, by: User) -> TargetValue:
    """Report a value of a district, or (without a unit) of the city. It counts once another person has confirmed it."""
    policy.check(by, "target.report", unit)
    terms = target.terms
    rules.check_reporter(terms, district=unit is not None)
    rules.check_year(terms, given.year, clock.today())
    number, stage = _figure(terms, given.figure)
    found = queries.in_question(session, target, given.year, unit)
    if ValueState.REPORTED in found:
        raise Stale(WAITS)
    _refuse_bad_correction(found.get(ValueState.CONFIRMED), given, number, stage)
    evidence = kept.uploaded_by(session, given.files, by.id)
    if not evidence and not given.published:
        raise RuleBroken("请上传证明材料，或者写明数据在哪里公布", field="files")
    value = TargetValue(
        target_id=target.id,
        year=given.year,
        unit_id=unit.id if unit else None,
        value=number,
        stage=stage,
        words=given.words,
        published=given.published,
        reason=given.reason,
        reported_by_id=by.id,
        reported_at=clock.now(),
        files=evidence,
    )
    session.add(value)
    _flush(session, WAITS)
    return value


def confirm(session: Session, value: TargetValue, *, by: User) -> None:
    """Confirm what somebody else reported (four eyes); what was confirmed before is kept as corrected."""
    _check_waits(session, value, by)
    former = queries.in_question(session, value.target, value.year, value.unit).get(ValueState.CONFIRMED)
    if former is not None:
        former.state, former.replaced_at = ValueState.REPLACED, clock.now()
        session.flush()  # one value at a time is confirmed
    _decide(value, ValueState.CONFIRMED, by)


def send_back(session: Session, value: TargetValue, *, because: str, by: User) -> None:
    """Give a reported value back, with the reason; it may be reported anew."""
    _check_waits(session, value, by)
    value.returned_because = because
    _decide(value, ValueState.RETURNED, by)


def _check_waits(session: Session, value: TargetValue, by: User) -> None:
    policy.check(by, "target.confirm", value)
    session.refresh(value, with_for_update=True)
    if value.state != ValueState.REPORTED:
        raise Stale("刚才已有人办理了这份数据，请刷新后查看")
    if value.reported_by_id == by.id:
        raise RuleBroken("填报的人不能确认或者退回自己填报的数据，请由另一人办理")


def _decide(value: TargetValue, state: ValueState, by: User) -> None:
    value.state, value.decided_by_id, value.decided_at = state, by.id, clock.now()


def _refuse_words(terms: rules.Target) -> None:
    if terms.in_words:
        raise RuleBroken("这一指标没有数值，不设年度计划")


def _figure(terms: rules.Target, figure: Decimal | Stage) -> tuple[Decimal | None, Stage | None]:
    """Return a number or a stage as it is kept; refuses the one where the target asks for the other."""
    if isinstance(figure, Stage) != terms.in_words:
        raise RuleBroken("请按这一指标的要求填写数值或者进展", field="stage" if terms.in_words else "value")
    if isinstance(figure, Stage):
        return None, figure
    return rules.check_value(terms, figure), None


def _refuse_bad_correction(
    former: TargetValue | None, given: Report, number: Decimal | None, stage: Stage | None
) -> None:
    if former is None:
        return
    same = (former.value, former.stage, former.words) == (number, stage, given.words)
    if same and former.published == given.published and not list(given.files):
        raise Stale("这一年度已经确认的就是这份数据")
    if not given.reason:
        raise RuleBroken("这一年度的数据已经确认，更正的请写明理由", field="reason")


def _flush(session: Session, told: str) -> None:
    """Write it now: who comes second at the same moment is told by the database."""
    try:
        session.flush()
    except IntegrityError as error:
        raise Stale(told) from error
