"""The register of supports for somebody: what stands on it, and what an entry said before it was corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, extract, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import policy
from app.domain.errors import NotFound
from app.models import StoredFile, Support, User


def entries(session: Session, *, kind: str = "", receiver: str = "", year: int | None = None) -> list[Support]:
    """Return what stands on the register, the latest first, filtered by support, by receiver, by year."""
    rows = _with_all().where(Support.in_force)
    if kind:
        rows = rows.where(Support.kind == kind)
    if receiver:
        rows = rows.where(Support.receiver.contains(receiver, autoescape=True))
    if year is not None:
        rows = rows.where(Support.given_on >= date(year, 1, 1), Support.given_on < date(year + 1, 1, 1))
    return list(session.scalars(rows.order_by(Support.given_on.desc(), Support.id.desc())).unique())


def years(session: Session) -> list[int]:
    """Return the years in which anything was given, the latest first."""
    found = session.scalars(select(extract("year", Support.given_on)).where(Support.in_force).distinct())
    return sorted({int(year) for year in found}, reverse=True)


def support_for(session: Session, user: User, support_id: int) -> Support:
    """Return one entry for whoever has to do with the programme. Raises ``NotFound``."""
    found: Support | None = None
    if policy.has_to_do_with_the_programme(user, None):
        found = session.scalars(_with_all().where(Support.id == support_id)).unique().one_or_none()
    if found is None:
        raise NotFound("support")
    return found


def former(entry: Support) -> list[Support]:
    """Return what stood in the place of an entry before it, the latest first."""
    found = []
    while entry.replaces is not None:
        entry = entry.replaces
        found.append(entry)
    return found


def successor(session: Session, entry: Support) -> Support | None:
    """Return the entry that stands in the place of this one."""
    return session.scalar(select(Support).where(Support.replaces_id == entry.id))


def file_for(session: Session, user: User, support_id: int, file_id: int) -> StoredFile:
    """Return a file of an entry. Raises ``NotFound``."""
    file = next((f for f in support_for(session, user, support_id).files if f.id == file_id), None)
    if file is None:
        raise NotFound("file")
    return file


def _with_all() -> Select[Any]:
    return select(Support).options(joinedload(Support.entered_by), selectinload(Support.files))
