"""Decisions as the public reads them, and what is prepared for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session, joinedload

from app.domain import publishing
from app.domain.adjudication import OVERTURNED, Finding, SuitResult
from app.domain.errors import NotFound
from app.models import Case, Decision, Publication, Suit, Task, User
from app.queries import cursors, filters

PAGE = 20
EARLIEST = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which published decisions somebody looks for: words of the sheet or a case number, the year of publication."""

    text: str = ""
    year: int | None = None
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of published decisions, the newest first, the cursor of the next one, and how many there are."""

    items: list[Publication]
    next: str
    total: int


def wanted_from(values: Any) -> Wanted:
    """Read what is looked for from the parameters of an address. Raises ``RuleBroken`` naming what cannot be read."""
    return Wanted(
        text=(values.get("text") or "").strip()[:100],
        year=filters.number(values.get("year"), "year"),
        cursor=(values.get("cursor") or "")[:300],
    )


def page(session: Session, wanted: Wanted) -> Page:
    """Return the decisions that the public may read now."""
    conditions = [_public(), *_narrowed(wanted)]
    total = session.scalar(select(func.count()).select_from(Publication).join(Publication.case).where(*conditions))
    rows = select(Publication).join(Publication.case).where(*conditions).options(*_SHOWN)
    if wanted.cursor:
        day, last_id = cursors.read(wanted.cursor, date)
        rows = rows.where(
            or_(Publication.published_on < day, and_(Publication.published_on == day, Publication.id < last_id))
        )
    rows = rows.order_by(Publication.published_on.desc(), Publication.id.desc()).limit(PAGE + 1)
    found = list(session.scalars(rows))
    more = found[PAGE - 1] if len(found) > PAGE else None
    after = cursors.write(more.published_on, more.id) if more is not None and more.published_on is not None else ""
    return Page(found[:PAGE], after, total or 0)


def published(session: Session, publication_id: int) -> Publication:
    """Return a decision that the public may read; ``NotFound`` for one that is not published, or no longer."""
    row = session.scalar(select(Publication).where(Publication.id == publication_id, _public()).options(*_SHOWN))
    if row is None:
        raise NotFound("publication")
    return row


def _public() -> ColumnElement[bool]:
    return and_(Publication.published_on.is_not(None), Publication.withdrawn_on.is_(None))


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        sheet = type_coerce(Publication.sheet, Text)
        number = Case.number.contains(wanted.text, autoescape=True)
        found.append(or_(number, sheet.contains(wanted.text, autoescape=True)))
    if wanted.year is not None:
        year = min(max(wanted.year, EARLIEST), date.max.year - 1)
        found.append(
            and_(Publication.published_on >= date(year, 1, 1), Publication.published_on < date(year + 1, 1, 1))
        )
    return found


_SHOWN = (joinedload(Publication.case).joinedload(Case.adjudication), joinedload(Publication.document))


def rulings(session: Session, case_ids: Iterable[int]) -> dict[int, SuitResult]:
    """Return by case what a court has said of its decision that the public must know: stayed, or taken away."""
    said = select(Suit.case_id, Suit.result).where(Suit.case_id.in_(list(case_ids)), Suit.result.in_(_SAID))
    return {case_id: SuitResult(result) for case_id, result in session.execute(said.order_by(Suit.id))}


def is_overturned(session: Session, case: Case) -> bool:
    """Say whether a court has taken the decision away."""
    return rulings(session, [case.id]).get(case.id) in OVERTURNED


_SAID = (SuitResult.STAYED, *OVERTURNED)


def persons(case: Case) -> dict[str, str]:
    """Return the names of the natural persons among the parties, each with what stands in its place in public."""
    return {p.name: publishing.initial(p.name) for p in case.parties if p.organization.kind == "individual"}


def homes(case: Case) -> list[str]:
    """Return where the natural persons among the parties live, as the request says it."""
    told = [p.told("address") for p in case.parties if p.organization.kind == "individual"]
    return [address for address in told if address]


def _disclosure(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return the sheet as the decision gives it, with what is protected by its kind masked; else what was prepared last."""
    before = session.scalar(
        select(Publication).where(Publication.case_id == case.id).order_by(Publication.id.desc()).limit(1)
    )
    if before is not None:
        return {"disclosure": {**before.sheet, "hide": []}}
    rows = select(Decision).where(Decision.case_id == case.id, Decision.issued_on.is_not(None))
    draft = session.scalar(rows.order_by(Decision.place.desc()).limit(1))
    if draft is None or case.adjudication is None:
        return {"disclosure": {}}
    result = draft.orders or [Finding(draft.finding).label]
    names, hide = persons(case), homes(case)
    return {
        "disclosure": {
            "case_name": publishing.renamed(f"{case.title}专利侵权纠纷", names),
            "facts": publishing.renamed(publishing.masked(draft.text["facts"], hide), names),
            "basis_text": "《中华人民共和国专利法》第六十五条",
            "result": publishing.renamed(publishing.masked("\n".join(result), hide), names),
        }
    }


def _all_parties(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"all_parties": [(p.id, p.name) for p in case.parties]}


def _sheet(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return what was prepared last: what is allowed or sent back."""
    rows = select(Publication).where(Publication.case_id == case.id).order_by(Publication.id.desc())
    return {"sheet": session.scalar(rows.limit(1))}


FACTS = {"sheet": _sheet, "disclosure": _disclosure, "all_parties": _all_parties}
