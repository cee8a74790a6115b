"""Batches of the roster for those who keep it, and what of a nomination somebody may know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import clock, policy
from app.domain import scoring
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.domain.roster import shortlist
from app.domain.roster.batches import BatchKind
from app.domain.roster.criteria import Criteria
from app.domain.roster.nominations import PROCESS
from app.domain.roster.shortlist import Nominee, Standing
from app.domain.scoring import Spread
from app.domain.texts import Text
from app.models import Case, Draw, Nomination, Organization, RosterBatch, RosterScore, Task, User
from app.queries import roster_criteria
from app.queries.award_applications import districts_of

Fact = Callable[[Session, Case, User, Task | None], dict[str, Any]]


# -- batches -----------------------------------------------------------------------------------------------------------


def all_of(session: Session) -> list[RosterBatch]:
    """Return every batch that was not thrown away, the newest first."""
    rows = select(RosterBatch).where(RosterBatch.state != "discarded").order_by(RosterBatch.id.desc())
    return list(session.scalars(rows.options(joinedload(RosterBatch.made_by))))


def batch_for(session: Session, user: User, batch_id: int) -> RosterBatch:
    """Return one batch for whoever keeps, leads or supervises the roster. Raises ``NotFound``."""
    found = session.get(RosterBatch, batch_id) if policy.sees_all_members(user, None) else None
    if found is None or found.state == "discarded":
        raise NotFound("roster_batch")
    return found


def open_on(session: Session, day: date) -> list[RosterBatch]:
    """Return the batches in which units may nominate themselves on ``day``."""
    rows = select(RosterBatch).where(
        RosterBatch.kind == BatchKind.INTAKE,
        RosterBatch.state == "published",
        RosterBatch.opens_on <= day,
        RosterBatch.closes_on >= day,
    )
    return list(session.scalars(rows.order_by(RosterBatch.number)))


def nominations(session: Session, batch: RosterBatch) -> list[Nomination]:
    """Return the nominations of a batch that stand, with all that its board shows."""
    rows = (
        select(Nomination)
        .where(Nomination.batch_id == batch.id, Nomination.stands)
        .options(
            joinedload(Nomination.case).selectinload(Case.staff),
            joinedload(Nomination.organization),
            joinedload(Nomination.district),
            selectinload(Nomination.scores),
        )
        .order_by(Nomination.case_id)
    )
    return list(session.scalars(rows).unique())


def nominees(batch: RosterBatch, rows: list[Nomination]) -> list[Nominee]:
    """Return those who have been scored as they are ranked: ties go to the heavier indicators, then to who came first."""
    criteria = criteria_of(batch)
    heavy = sorted(criteria.indicators, key=lambda one: -one.weight) if criteria else []
    return [
        Nominee(
            id=row.case_id,
            number=row.case.number,
            district=str(row.district_id),
            industry=row.industry,
            total=row.total,
            passed=bool(row.passed),
            tie=tuple(Decimal(row.points[one.key]) for one in heavy),
        )
        for row in rows
        if row.total is not None
    ]


def standings(batch: RosterBatch, rows: list[Nomination]) -> dict[int, Standing]:
    """Return how the scored nominations would fare as things stand, the best first."""
    return shortlist.shortlist(nominees(batch, rows), batch.shares)


@dataclass(frozen=True, slots=True)
class Line:
    """A nomination on the board: how many evaluators have scored of those drawn, and how it fares or would fare."""

    nomination: Nomination
    scored: int
    drawn: int
    standing: Standing | None
    outlier: bool


def board(batch: RosterBatch, rows: list[Nomination]) -> list[Line]:
    """Return the nominations of a batch, the best first, those that are not scored yet at the end."""
    known = standings(batch, rows) if batch.places else {}
    place = {case_id: n for n, case_id in enumerate(known)}
    found = [_line(row, known.get(row.case_id)) for row in rows]
    return sorted(found, key=lambda one: (place.get(one.nomination.case_id, len(place)), one.nomination.case_id))


def _line(row: Nomination, standing: Standing | None) -> Line:
    decided = Standing(row.standing) if row.standing else standing
    totals = [one.total for one in row.scores] if row.total is not None else []
    return Line(
        nomination=row,
        scored=len(row.scores),
        drawn=len(row.case.seats(Role.EVALUATOR)),
        standing=decided,
        outlier=bool(totals and scoring.spread(totals).outliers),
    )


def criteria_of(batch: RosterBatch) -> Criteria | None:
    """Return by what the units of a batch are judged; ``None`` before it is published."""
    return roster_criteria.said_by(batch.criteria) if batch.criteria is not None else None


# -- forms -------------------------------------------------------------------------------------------------------------


def of_start(session: Session, user: User) -> dict[str, Any]:
    """Return in which batches this person may nominate a unit today, and the districts."""
    districts = districts_of(session)
    by_region = {region: unit_id for unit_id, _, region in districts}
    own = [session.get_one(Organization, i) for i in sorted(user.organization_ids)]
    return {
        "batches": [(one.id, one.title) for one in open_on(session, clock.today())],
        "districts": [(unit_id, name) for unit_id, name, _ in districts],
        "own_districts": {one.id: by_region[code] for one in own if (code := (one.uscc or "")[2:8]) in by_region},
    }


def _indicators(_session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    criteria = criteria_of(case.nomination.batch) if case.nomination else None
    found = criteria.indicators if criteria else ()
    named = [(one.key, Text(f"{one.name.zh}（{one.weight}%）", f"{one.name.en} ({one.weight}%)")) for one in found]
    return {"indicators": named}


FACTS: dict[str, Fact] = {"indicators": _indicators}


# -- what is known of a nomination -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NominationFile:
    """A nomination beside its papers, as far as somebody may know it."""

    nomination: Nomination
    criteria: Criteria | None
    scores: list[RosterScore]
    spread: Spread | None
    draws: list[Draw]
    told: bool


def nomination_file(session: Session, user: User, case: Case) -> NominationFile | None:
    """Return what is known of a nomination: scores only to officials who keep or lead the roster, when all are in.

    An evaluator reads their own. The unit learns its total once the batch is announced.
    """
    row = case.nomination
    if case.kind != PROCESS or row is None:
        return None
    keeps = policy.sees_all_members(user, None)
    rows = select(RosterScore).where(RosterScore.case_id == case.id).options(joinedload(RosterScore.user))
    found = list(session.scalars(rows.order_by(RosterScore.id)))
    seen = found if keeps and row.total is not None else [one for one in found if one.user_id == user.id]
    whole = seen if len(seen) == len(found) else []
    draws = select(Draw).where(Draw.case_id == case.id).order_by(Draw.id)
    return NominationFile(
        nomination=row,
        criteria=criteria_of(row.batch),
        scores=seen,
        spread=scoring.spread([one.total for one in whole]) if whole else None,
        draws=list(session.scalars(draws)) if keeps else [],
        told=row.total is not None and (keeps or row.standing is not None) and not _only_evaluates(user, case),
    )


def _only_evaluates(user: User, case: Case) -> bool:
    return policy.evaluates_it(user, case) and not policy.sees_all_members(user, None)
