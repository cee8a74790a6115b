"""Papers that have not reached somebody to whom they are addressed: what is still to be served, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.domain import naming
from app.domain.disputes import ServiceMethod
from app.domain.mediation import Stance
from app.domain.roles import Role
from app.models import Addressee, Agent, Case, CaseStaff, Document, Party, ServiceRecord, User
from app.queries import cursors, filters, searching, sight
from app.queries.conflicts import open_to
from app.queries.viewers import viewer

PAGE = 20
WAYS = ("sent", "unsent")
SORTS = ("oldest", "newest")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which papers somebody wants to see: of one kind, of cases with these words, sent or not, in which order.

    ``way`` is ``sent`` where a receipt is waited for from somebody, ``unsent`` where somebody is to be served (again).
    """

    kind: str = ""
    text: str = ""
    way: str = ""
    sort: str = "oldest"
    cursor: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """Return what narrows the list, by the names that an address gives it."""
        return {name: said for name in ("kind", "text", "way") if (said := getattr(self, name))}

    def query(self) -> dict[str, str]:
        """Return the filter as the parameters of an address, without what is not set and without the cursor."""
        return {**self.conditions, **({"sort": self.sort} if self.sort != "oldest" else {})}


def filter_from(values: Any) -> Filter:
    """Read a filter from the parameters of an address. Raises ``RuleBroken`` naming what cannot be read."""
    return Filter(
        kind=(values.get("kind") or "")[:48],
        text=(values.get("text") or "").strip()[:100],
        way=filters.one_of(values.get("way"), WAYS, "", "way", "没有这种送达情况"),
        sort=filters.one_of(values.get("sort"), SORTS, "oldest", "sort", "不能按这一项排序"),
        cursor=(values.get("cursor") or "")[:300],
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A party that a paper has not reached yet, and the last attempt to serve it, where there was one."""

    party: Party
    last: ServiceRecord | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of papers, each with those whom it has not reached; the cursor of the next page, and how many in all."""

    items: list[tuple[Document, list[Waiting]]]
    next: str
    total: int


def _waits() -> ColumnElement[bool]:
    """Return the condition on ``Addressee`` and ``Party``: not reached, and not given up as unreachable."""
    return and_(Addressee.served_on.is_(None), Party.stance.is_distinct_from(Stance.UNREACHABLE.value))


def to_serve(session: Session, user: User, wanted: Filter) -> Page:
    """Return the papers that ``wanted`` describes among those still to be served in the cases ``user`` handles."""
    conditions = [_handled(user), *_narrowed(user, wanted)]
    total = session.scalar(select(func.count()).select_from(Document).join(Document.case).where(*conditions)) or 0
    rows = _ordered(select(Document).join(Document.case).where(*conditions), wanted)
    rows = rows.options(contains_eager(Document.case), joinedload(Document.file), *_attempts())
    found = list(session.scalars(rows.limit(PAGE + 1)))
    items = found[:PAGE]
    more = cursors.write(items[-1].made_on, items[-1].id) if len(found) > PAGE else ""
    return Page([(document, unreached(document)) for document in items], more, total)


def kinds_to_serve(session: Session, user: User) -> set[str]:
    """Return of which kinds there are papers still to be served in the cases ``user`` handles."""
    rows = select(Document.kind).join(Document.case).where(_handled(user), _somebody_waits()).distinct()
    return set(session.scalars(rows))


def _narrowed(user: User, wanted: Filter) -> list[ColumnElement[bool]]:
    ways = {"": (), "sent": (_sent(),), "unsent": (~_sent(),)}
    conditions = [_somebody_waits(*ways[wanted.way])]
    if wanted.kind:
        conditions.append(Document.kind == wanted.kind)
    return [*conditions, *(searching.has_word(user, word) for word in naming.sought(wanted.text))]


def _somebody_waits(*also: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition on ``Document`` that it has not reached somebody, for whom ``also`` holds."""
    return exists(Addressee.document_id).where(
        Addressee.document_id == Document.id, Addressee.party_id == Party.id, _waits(), *also
    )


def _sent() -> ColumnElement[bool]:
    """Return the condition on ``Addressee`` that what was last sent is on its way: neither arrived nor come back."""
    own = and_(ServiceRecord.document_id == Addressee.document_id, ServiceRecord.party_id == Addressee.party_id)
    last = select(ServiceRecord.result).where(own).order_by(ServiceRecord.id.desc()).limit(1)
    return func.coalesce(last.correlate(Addressee).scalar_subquery(), "") == "pending"


def _ordered(rows: Select[Document], wanted: Filter) -> Select[Document]:
    """Return the rows after the cursor, by the day on which the papers were made."""
    newest = wanted.sort == "newest"
    if wanted.cursor:
        made_on, last_id = cursors.read(wanted.cursor, Document.made_on.type.python_type)
        beyond = Document.made_on < made_on if newest else Document.made_on > made_on
        same = and_(Document.made_on == made_on, Document.id < last_id if newest else Document.id > last_id)
        rows = rows.where(or_(beyond, same))
    order = (Document.made_on, Document.id)
    return rows.order_by(*(column.desc() for column in order) if newest else order)


def to_serve_in(session: Session, case: Case) -> list[tuple[Document, list[Waiting]]]:
    """Return the papers of a case that have not reached everybody, in order."""
    rows = select(Document).join(Document.addressees).join(Addressee.party).where(Document.case_id == case.id, _waits())
    found = session.scalars(rows.options(*_attempts()).order_by(Document.place)).unique()
    return [(document, unreached(document)) for document in found]


def unreached(document: Document) -> list[Waiting]:
    """Return the parties whom the paper has not reached and is still to reach."""
    last = {record.party_id: record for record in document.services}
    left = [a.party for a in document.addressees if a.served_on is None and a.party.stance != Stance.UNREACHABLE.value]
    return [Waiting(party, last.get(party.id)) for party in left]


def last_attempts(session: Session, case: Case, document_id: int) -> dict[int, ServiceRecord]:
    """Return by party the last attempt to serve a paper of ``case``."""
    records = select(ServiceRecord).where(ServiceRecord.case_id == case.id, ServiceRecord.document_id == document_id)
    return {record.party_id: record for record in session.scalars(records.order_by(ServiceRecord.id))}


def was_tried(session: Session, party: Party) -> bool:
    """Say whether a paper came back from this party, by whichever way it went."""
    failed = select(ServiceRecord.id).where(
        ServiceRecord.party_id == party.id,
        ServiceRecord.result == "failed",
        ServiceRecord.method != ServiceMethod.NOTICE.value,
    )
    return bool(session.scalar(select(exists(failed))))


def is_announced(session: Session, case: Case) -> bool:
    """Say whether a public notice of a paper is up: not expired, not given up, the paper not received in another way."""
    up: set[tuple[int, int]] = set()
    for record in session.scalars(
        select(ServiceRecord).where(ServiceRecord.case_id == case.id).order_by(ServiceRecord.id)
    ):
        whom = (record.document_id, record.party_id)
        by_notice = record.method == ServiceMethod.NOTICE
        if by_notice and record.result == "pending":
            up.add(whom)
        elif by_notice or record.result == "received":
            up.discard(whom)
    return bool(up)


def on_its_way(last: dict[int, ServiceRecord]) -> dict[int, dict[str, str]]:
    """Return by party how a paper was sent that has neither arrived nor come back: method, day, result as in a form."""
    return {
        party: {"method": record.method, "sent_on": record.sent_on.isoformat(), "result": record.result}
        for party, record in last.items()
        if record.result == "pending"
    }


def reads_in_the_system(session: Session, document: Document) -> list[Party]:
    """Return whom a letter reaches by being in the system, in order: who agreed to that, and may read it there.

    Somebody has to have an account that is known to be the party's or its agent's, and the party must still have been
    in the case when the letter was made (``sight.speaks_for`` and ``horizon``, asked of the party instead of a person).
    """
    as_agent = exists().where(Agent.party_id == Party.id, Agent.until.is_(None), Agent.user_id == User.id, User.active)
    return list(
        session.scalars(
            select(Party)
            .join(Addressee, Addressee.party_id == Party.id)
            .where(Addressee.document_id == document.id, _waits())
            .where(Party.e_service_consent, Party.sees, or_(sight.has_account(), as_agent))
            .where(or_(Party.left_at.is_(None), Party.left_at >= document.made_at))
            .order_by(Party.place)
        )
    )


def to_make(session: Session) -> list[int]:
    """Return the letters that are addressed to somebody and are not made yet, in order."""
    rows = select(Document.id).where(Document.issued, Document.file_id.is_(None), Document.addressees.any())
    return list(session.scalars(rows.order_by(Document.id)))


def _attempts() -> tuple[Any, ...]:
    addressees = selectinload(Document.addressees).joinedload(Addressee.party).joinedload(Party.organization)
    return addressees, selectinload(Document.services)


def _handled(user: User) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that this person serves its papers: of the unit, or holding the case."""
    units = {m.unit_id for m in user.memberships if m.role in (Role.INTAKE_CLERK, Role.DIRECTOR) and m.unit_id}
    held = select(CaseStaff.case_id).where(CaseStaff.user_id == user.id, CaseStaff.until.is_(None))
    return and_(or_(Case.unit_id.in_(units), Case.id.in_(held)), open_to(viewer(user), Case.id))
