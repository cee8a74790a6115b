"""The register of supports without an amount: entered, and corrected by an entry that stands in the place of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import supports as rules
from app.domain.errors import RuleBroken, Stale
from app.models import Organization, Support, User
from app.queries import targets
from app.services import files as kept


@dataclass(frozen=True, slots=True)
class Entry:
    """What was given to whom and when; ``amount`` is noted as it was told, nothing is computed."""

    kind: rules.Support
    receiver: str
    given_on: date
    what: str
    uscc: str = ""
    amount: Decimal | None = None
    published: str = ""
    files: Iterable[int] = ()


def enter(session: Session, entry: Entry, *, by: User) -> Support:
    """Enter a support. Raises ``Stale`` for one that is on the list with the same words."""
    policy.check(by, "support.enter")
    made = _made(session, entry, by)
    if session.scalar(select(exists().where(*_same(entry)))):
        raise Stale("同一单位同一天的这项支持已经登记，没有重复登记")
    if not made.files and not entry.published:
        raise RuleBroken("请上传证明材料，或者写明在哪里公布", field="files")
    session.add(made)
    return made


def correct(session: Session, former: Support, entry: Entry, *, reason: str, by: User) -> Support:
    """Enter what is right in the place of ``former``, which stays with its files, and say why."""
    policy.check(by, "support.enter", former)
    session.refresh(former, with_for_update=True)
    if not former.in_force:
        raise Stale("这条登记刚才已被更正，请刷新后查看")
    made = _made(session, entry, by)
    made.files = made.files or list(former.files)
    if not made.files and not entry.published:
        raise RuleBroken("请上传证明材料，或者写明在哪里公布", field="files")
    former.in_force = False
    made.replaces, made.reason = former, reason
    session.add(made)
    return made


def _made(session: Session, entry: Entry, by: User) -> Support:
    rules.check_day(entry.given_on, targets.years(session)[0] + 1, clock.today())
    rules.check_amount(entry.amount)
    known = select(Organization.id).where(
        Organization.uscc == entry.uscc if entry.uscc else Organization.name == entry.receiver
    )
    return Support(
        kind=entry.kind,
        receiver=entry.receiver,
        uscc=entry.uscc,
        organization_id=session.scalars(known.limit(1)).one_or_none(),
        given_on=entry.given_on,
        what=entry.what,
        amount=entry.amount,
        published=entry.published,
        entered_by_id=by.id,
        entered_at=clock.now(),
        files=kept.uploaded_by(session, entry.files, by.id),
    )


def _same(entry: Entry) -> list[ColumnElement[bool]]:
    return [
        Support.kind == entry.kind,
        Support.receiver == entry.receiver,
        Support.given_on == entry.given_on,
        Support.what == entry.what,
        Support.in_force.is_(True),
    ]
