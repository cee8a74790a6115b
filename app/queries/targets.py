"""The programme's targets for somebody: where each stands in a year, how it went over the years, and what proves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import clock, policy
from app.domain import targets as rules
from app.domain.errors import NotFound
from app.domain.targets import Figure, Judgement, Known, Stage, ValueState
from app.models import OrgUnit, StoredFile, Target, TargetPlan, TargetValue, User
from app.queries import measured

Plans = Mapping[int, Decimal]
Where = tuple[int | None, int]  # a district (``None``: the city) and a year


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is known of one target: plans and values by unit (``None`` is the city) and year."""

    target: Target
    districts: Sequence[OrgUnit]
    plans: dict[int | None, dict[int, TargetPlan]] = field(default_factory=dict)
    confirmed: dict[Where, TargetValue] = field(default_factory=dict)
    waiting: dict[Where, TargetValue] = field(default_factory=dict)
    returned: dict[Where, TargetValue] = field(default_factory=dict)

    def plan(self, unit_id: int | None) -> Plans:
        """Return the planned numbers of the city or of a district; what every district has to reach is each one's plan."""
        own = {year: plan.value for year, plan in self.plans.get(unit_id, {}).items()}
        if unit_id is not None and self.target.terms.counting is rules.Counting.EVERY:
            return {**self.plan(None), **own}
        return own

    def figure(self, unit_id: int | None, year: int) -> Figure:
        """Return the confirmed figure of a district, or that of the city."""
        found = self.confirmed.get((unit_id, year))
        own = found.figure if found else None
        if unit_id is not None:
            return Figure(own)
        return rules.of_the_city(self.target.terms, own, [self.figure(one.id, year).value for one in self.districts])

    def judgement(self, unit_id: int | None, year: int) -> Judgement:
        """Return how far the target is reached in a year. A stage that was reached stays reached."""
        terms, figure = self.target.terms, self.figure(unit_id, year)
        if terms.in_words and figure.value is None:
            figure = Figure(self._last_stage(unit_id, year))
        judged = self.judged(figure.value, unit_id, year)
        return rules.in_part(terms, judged) if figure.missing else judged

    def judged(self, value: Decimal | Stage | None, unit_id: int | None, year: int) -> Judgement:
        """Return how far the target would be reached in a year by a value, confirmed or not."""
        terms = self.target.terms
        known = Known(self._whole(unit_id, terms.base_year), self._whole(unit_id, year - 1))
        return rules.judge(terms, year, value, self.plan(unit_id), known)

    def _last_stage(self, unit_id: int | None, year: int) -> Stage | None:
        known = {y: value.figure for (unit, y), value in self.confirmed.items() if unit == unit_id and y < year}
        last = known[max(known)] if known else None
        return last if last is Stage.REACHED else None

    def _whole(self, unit_id: int | None, year: int) -> Decimal | None:
        """Return a number of another year to compare with; a sum in which a district is missing is none."""
        figure = self.figure(unit_id, year)
        return figure.value if isinstance(figure.value, Decimal) and not figure.missing else None


def sheets(session: Session, *, target: Target | None = None) -> list[Sheet]:
    """Return what is known of every target, or of one, asked with a fixed number of statements."""
    districts = districts_of_the_city(session)
    one = [] if target is None else [target.id]
    targets = [target] if target else list(session.scalars(select(Target).order_by(Target.place)))
    plans = select(TargetPlan).where(TargetPlan.replaced_at.is_(None))
    values = select(TargetValue).where(TargetValue.state != ValueState.REPLACED).order_by(TargetValue.id)
    if one:
        plans, values = plans.where(TargetPlan.target_id.in_(one)), values.where(TargetValue.target_id.in_(one))
    found = {row.id: Sheet(row, districts) for row in targets}
    for plan in session.scalars(plans):
        found[plan.target_id].plans.setdefault(plan.unit_id, {})[plan.year] = plan
    for value in session.scalars(values):
        sheet = found[value.target_id]
        among = {"confirmed": sheet.confirmed, "reported": sheet.waiting, "returned": sheet.returned}[value.state]
        among[value.unit_id, value.year] = value
    return list(found.values())


def years(session: Session) -> list[int]:
    """Return the years of which something can be reported, the first one first."""
    first = session.scalar(select(func.min(Target.base_year)))
    return list(range(first, clock.today().year + 1)) if first else []


def usual_year(session: Session) -> int:
    """Return the latest year of which anything is confirmed, else this one."""
    latest = select(func.max(TargetValue.year)).where(TargetValue.state == ValueState.CONFIRMED)
    return session.scalar(latest) or clock.today().year


def districts_of_the_city(session: Session) -> list[OrgUnit]:
    """Return the districts that report."""
    rows = select(OrgUnit).where(OrgUnit.kind == "district_bureau", OrgUnit.active)
    return list(session.scalars(rows.order_by(OrgUnit.region, OrgUnit.id)))


def reported_by(session: Session, user: User, target: Target) -> list[OrgUnit | None]:
    """Return for which districts this person may report a target; ``None`` stands for the city."""
    terms = target.terms
    city = [None] if terms.entered_for_the_city else []
    units = [*city, *(districts_of_the_city(session) if terms.by_district else [])]
    return [unit for unit in units if policy.may(user, "target.report", unit)]


def planned_by(session: Session, user: User, target: Target) -> list[OrgUnit | None]:
    """Return for which districts this person may set a plan; ``None`` stands for the city."""
    if target.terms.in_words:
        return []
    units = [None, *(districts_of_the_city(session) if target.terms.by_district else [])]
    return [unit for unit in units if policy.may(user, "target.plan", unit)]


def target_for(session: Session, user: User, target_id: str) -> Target:
    """Return one target for whoever has to do with the programme. Raises ``NotFound``."""
    found = session.get(Target, target_id) if policy.has_to_do_with_the_programme(user, None) else None
    if found is None:
        raise NotFound("target")
    return found


def value_for(session: Session, user: User, value_id: int) -> TargetValue:
    """Return one reported value for whoever has to do with the programme. Raises ``NotFound``."""
    found = session.get(TargetValue, value_id) if policy.has_to_do_with_the_programme(user, None) else None
    if found is None:
        raise NotFound("target_value")
    return found


def evidence_for(session: Session, user: User, value_id: int, file_id: int) -> StoredFile:
    """Return a file that proves a reported value. Raises ``NotFound``."""
    file = next((one for one in value_for(session, user, value_id).files if one.id == file_id), None)
    if file is None:
        raise NotFound("file")
    return file


def history(session: Session, target: Target) -> list[TargetValue]:
    """Return everything that was ever reported of a target, the newest first."""
    rows = select(TargetValue).where(TargetValue.target_id == target.id).order_by(TargetValue.id.desc())
    people = (joinedload(TargetValue.reported_by), joinedload(TargetValue.decided_by), joinedload(TargetValue.unit))
    return list(session.scalars(rows.options(*people, selectinload(TargetValue.files))).unique())


def plans_of(session: Session, target: Target) -> list[TargetPlan]:
    """Return every plan of a target, also those that were changed, the newest first."""
    rows = select(TargetPlan).where(TargetPlan.target_id == target.id).order_by(TargetPlan.id.desc())
    return list(session.scalars(rows.options(joinedload(TargetPlan.set_by), joinedload(TargetPlan.unit))).unique())


def waiting(session: Session) -> list[TargetValue]:
    """Return what waits to be confirmed, the oldest first."""
    rows = select(TargetValue).where(TargetValue.state == ValueState.REPORTED).order_by(TargetValue.id)
    about = (joinedload(TargetValue.target), joinedload(TargetValue.unit), joinedload(TargetValue.reported_by))
    return list(session.scalars(rows.options(*about)).unique())


def in_question(session: Session, target: Target, year: int, unit: OrgUnit | None) -> dict[str, TargetValue]:
    """Return the value that is confirmed and the one that waits, by state; locked for whoever changes them."""
    rows = select(TargetValue).where(
        TargetValue.target_id == target.id,
        TargetValue.year == year,
        TargetValue.unit_id.is_(None) if unit is None else TargetValue.unit_id == unit.id,
        TargetValue.state.in_((ValueState.CONFIRMED, ValueState.REPORTED)),
    )
    return {value.state: value for value in session.scalars(rows.with_for_update())}


def plan_in_force(session: Session, target: Target, year: int, unit: OrgUnit | None) -> TargetPlan | None:
    """Return the plan of a year that holds now."""
    return session.scalar(
        select(TargetPlan).where(
            TargetPlan.target_id == target.id,
            TargetPlan.year == year,
            TargetPlan.unit_id.is_(None) if unit is None else TargetPlan.unit_id == unit.id,
            TargetPlan.replaced_at.is_(None),
        )
    )


def counted(session: Session, target: Target, year: int, unit_id: int | None = None) -> Decimal | Stage | None:
    """Return what the system itself counts of a target; where every district has to reach it, of the lowest one."""
    if unit_id is None and target.counting == rules.Counting.EVERY:
        found = [measured.counted(session, target.id, year, unit.id) for unit in districts_of_the_city(session)]
        return min((value for value in found if value is not None), default=None)
    return measured.counted(session, target.id, year, unit_id)
