"""Applications for awards: what their forms need to know, what repeats an earlier one, what a unit was granted before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import clock
from app.domain.awards.applications import PROCESS
from app.domain.awards.batches import GrantState
from app.domain.awards.calls import CallMode, may_apply
from app.domain.awards.kinds import Mode
from app.domain.awards.schedule import Award, on_day
from app.domain.organizations import OrgKind
from app.domain.roles import Role
from app.domain.texts import Text
from app.models import (
    AwardApplication,
    AwardGrant,
    AwardSchedule,
    AwardThing,
    Case,
    Organization,
    OrgUnit,
    Party,
    Task,
    User,
)
from app.queries import award_calls, award_schedule
from app.queries.cases import visible_to

Fact = Callable[[Session, Case, User, Task | None], dict[str, Any]]


# -- the form that begins ----------------------------------------------------------------------------------------------


def of_start(session: Session, user: User) -> dict[str, Any]:
    """Return what this person may apply for today, with which papers, and the districts."""
    today = clock.today()
    organizations = [session.get_one(Organization, i) for i in sorted(user.organization_ids)]
    kinds = {OrgKind(one.kind) for one in organizations}
    calls: dict[str, Text] = {}
    needed: dict[str, dict[str, Any]] = {}
    for call in award_calls.open_on(session, today):
        if call.mode != CallMode.APPLICATION:
            continue
        for line in award_calls.lines_of(session, call):
            if any(may_apply(kind, line) for kind in kinds):
                key = f"{call.number}:{line.id}"
                calls[key] = Text(
                    f"{line.id} {line.name.zh}（{call.title}）", f"{line.id} {line.name.en} ({call.title})"
                )
                needed[key] = {
                    "percent": line.mode is Mode.PERCENT,
                    "papers": [one.kind.value for one in line.evidence],
                    "secondary": [one.kind.value for one in line.evidence if one.secondary],
                }
    districts = districts_of(session)
    by_region = {region: unit_id for unit_id, _, region in districts}
    own = {one.id: by_region[code] for one in organizations if (code := (one.uscc or "")[2:8]) in by_region}
    return {
        "calls": calls,
        "needed": needed,
        "districts": [(unit_id, name) for unit_id, name, _ in districts],
        "own_districts": own,
    }


def districts_of(session: Session) -> list[tuple[int, Text, str]]:
    """Return the district bureaus: id, name, region."""
    rows = select(OrgUnit).where(OrgUnit.kind == "district_bureau", OrgUnit.active).order_by(OrgUnit.region)
    return [(unit.id, Text(unit.name, unit.name_en), unit.region) for unit in session.scalars(rows)]


# -- the forms of its steps --------------------------------------------------------------------------------------------


def line_of(session: Session, row: AwardApplication) -> Award:
    """Return the line of the schedule that holds for an application."""
    version = session.scalars(select(AwardSchedule).where(AwardSchedule.digest == row.schedule_digest).limit(1)).one()
    return on_day(award_schedule.lines_of(version), row.award, row.applied_on)


def _of_line(session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    row = case.award
    if row is None:
        return {"percent": False, "several": False, "ceiling": False, "direct": False}
    line = line_of(session, row)
    return {
        "percent": line.mode is Mode.PERCENT,
        "several": line.mode in (Mode.PER_ITEM, Mode.CEILING) and len(row.things) > 1,
        "ceiling": line.mode is Mode.CEILING,
        "direct": row.mode == CallMode.DIRECT,
        "things": len(row.things),
        "base": row.base,
    }


def _promised(_session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    return {"promised": list(case.award.promised) if case.award else []}


def _applicant_name(_session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    return {"applicant_name": case.parties[0].organization.name}


def _seats(_session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    seats = [*case.seats(Role.REVIEWER), *case.seats(Role.EVALUATOR)]
    return {"award_seats": [(s.id, f"{s.user.name}（{Role(s.role).label}）") for s in seats]}


FACTS: dict[str, Fact] = {
    "percent": _of_line,
    "several": _of_line,
    "ceiling": _of_line,
    "direct": _of_line,
    "promised": _promised,
    "applicant_name": _applicant_name,
    "award_seats": _seats,
}


# -- what is known of it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Repeat:
    """Another application for the same thing: by whom, for which award, how it stands or ended."""

    thing: AwardThing
    case: Case
    same_award: bool


def repeats(session: Session, case: Case) -> list[Repeat]:
    """Return every other application, of any year and by anybody, for one of the same things; withdrawn ones too."""
    row = case.award
    if row is None:
        return []
    found = []
    for thing in row.things:
        rows = (
            select(AwardThing)
            .where(AwardThing.item == thing.item, AwardThing.key == thing.key, AwardThing.case_id != case.id)
            .options(joinedload(AwardThing.application).joinedload(AwardApplication.case).selectinload(Case.parties))
            .order_by(AwardThing.case_id)
        )
        found += [
            Repeat(one, one.application.case, one.application.award == row.award)
            for one in session.scalars(rows).unique()
        ]
    return found


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier application of the same unit, and what it was granted."""

    case: Case
    application: AwardApplication
    granted: Decimal | None


def history(session: Session, user: User, case: Case) -> list[Before]:
    """Return the other applications of the unit that ``user`` may see, the newest first, with what was granted."""
    unit = case.parties[0].organization_id
    rows = (
        select(AwardApplication)
        .join(Case, Case.id == AwardApplication.case_id)
        .join(Party, Party.case_id == Case.id)
        .where(Party.organization_id == unit, Case.kind == PROCESS, Case.id != case.id, visible_to(user))
        .options(joinedload(AwardApplication.case))
        .order_by(Case.id.desc())
        .limit(50)
    )
    applications = list(session.scalars(rows).unique())
    granted = {
        g.case_id: g.amount
        for g in session.scalars(
            select(AwardGrant).where(
                AwardGrant.case_id.in_([a.case_id for a in applications]),
                AwardGrant.state.not_in((GrantState.DRAFT, GrantState.TAKEN_OUT)),
            )
        )
    }
    return [Before(a.case, a, granted.get(a.case_id)) for a in applications]
