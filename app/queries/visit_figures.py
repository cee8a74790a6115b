"""What the visits of a year come to: by district, satisfaction by question, problems by owner, adjustments (measure M13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.domain.roster import visits
from app.domain.roster.visits import Owner, ProblemState, Question, Standing
from app.models import OrgUnit, RosterMember, User, Visit, VisitAnswer, VisitProblem
from app.queries import roster
from app.queries.visits import Line


@dataclass
class OfDistrict:
    """The members of one district: how many have no visit planned, and how the planned ones stand."""

    district: OrgUnit
    unplanned: int = 0
    standing: dict[Standing, int] = field(default_factory=lambda: dict.fromkeys(Standing, 0))

    @property
    def planned(self) -> int:
        """How many lines the plan has."""
        return sum(self.standing.values())


def by_district(lines: Iterable[Line], unplanned: Iterable[RosterMember]) -> list[OfDistrict]:
    """Return the counts of each district that has any, by its region."""
    found: dict[int, OfDistrict] = {}
    for line in lines:
        one = found.setdefault(line.plan.member.district_id, OfDistrict(line.plan.member.district))
        one.standing[line.standing] += 1
    for member in unplanned:
        found.setdefault(member.district_id, OfDistrict(member.district)).unplanned += 1
    return sorted(found.values(), key=lambda one: (one.district.region or "", one.district.id))


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of one question, and of how many answers."""

    question: Question
    mean: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the visits of a year come to."""

    means: list[Mean]
    problems: Mapping[Owner, Mapping[ProblemState, int]]
    adjustments: list[Visit]

    @property
    def has_problems(self) -> bool:
        """Whether any problem was found."""
        return any(n for states in self.problems.values() for n in states.values())


def figures(session: Session, user: User, year: int, *, district_id: int | None = None) -> Figures:
    """Return the figures of a year over the members that ``user`` sees."""
    seen: list[ColumnElement[bool]] = [Visit.year == year, roster.visible_to(user)]
    if district_id is not None:
        seen.append(RosterMember.district_id == district_id)
    return Figures(_means(session, seen), _problems(session, seen), _adjustments(session, seen))


def _of_visits(rows: Select[tuple[object, ...]] | Select, seen: list[ColumnElement[bool]]) -> Select:  # type: ignore[type-arg]
    return rows.join(RosterMember, RosterMember.id == Visit.member_id).where(*seen)


def _means(session: Session, seen: list[ColumnElement[bool]]) -> list[Mean]:
    """Return the mean of each question; one that a newer version dropped comes after those that are asked now."""
    rows = select(VisitAnswer.question, func.sum(VisitAnswer.points), func.count(VisitAnswer.points))
    rows = rows.join(Visit, Visit.case_id == VisitAnswer.case_id).where(VisitAnswer.points.is_not(None))
    found = {
        key: (int(total), int(count))
        for key, total, count in session.execute(_of_visits(rows, seen).group_by(VisitAnswer.question))
    }
    asked = {one.key: one for version in visits.QUESTIONNAIRES.values() for one in version.scored}
    asked = {one.key: one for one in visits.CURRENT.scored} | {k: q for k, q in asked.items() if k in found}
    return [Mean(one, visits.mean_of(*found.get(key, (0, 0))), found.get(key, (0, 0))[1]) for key, one in asked.items()]


def _problems(session: Session, seen: list[ColumnElement[bool]]) -> dict[Owner, dict[ProblemState, int]]:
    rows = select(VisitProblem.owner, VisitProblem.state, func.count())
    rows = rows.join(Visit, Visit.case_id == VisitProblem.case_id)
    counted = {owner: dict.fromkeys(ProblemState, 0) for owner in Owner}
    grouped = _of_visits(rows, seen).group_by(VisitProblem.owner, VisitProblem.state)
    for owner, state, n in session.execute(grouped):
        counted[Owner(owner)][ProblemState(state)] = n
    return counted


def _adjustments(session: Session, seen: list[ColumnElement[bool]]) -> list[Visit]:
    rows = _of_visits(select(Visit), seen).where(Visit.adjusts.is_(True))
    loaded = rows.options(joinedload(Visit.member).joinedload(RosterMember.organization), joinedload(Visit.case))
    return list(session.scalars(loaded.order_by(Visit.concluded_on, Visit.case_id)))
