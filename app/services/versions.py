"""Keeping versions of a decision table that one person draws up and another publishes (four eyes)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import RuleBroken, Stale
from app.models import User
from app.models.drawn_up import Version
from app.queries import versions
from app.services import access_log, drawing_up

FIRST_DAY = date(2020, 1, 1)  # the year of the programme
V = TypeVar("V", bound=Version)


def bring_in(session: Session, of: type[V], dmn: str) -> V | None:
    """Publish the table that comes with the product where there is none yet; ``None`` where there is."""
    if session.scalar(select(of.id).limit(1)) is not None:
        return None
    now = clock.now()
    version = _kept(session, of, dmn, effective_from=FIRST_DAY, by=None)
    version.state, version.proposed_at, version.decided_at = "published", now, now
    return version


def begin(session: Session, of: type[V], *, by: User) -> V:
    """Begin a version with what the latest published one says. One at a time: raises ``Stale`` where there is a draft."""
    latest = versions.latest(session, of)
    tomorrow = max(clock.today(), latest.effective_from) + timedelta(days=1)
    version = _kept(session, of, latest.dmn, effective_from=tomorrow, by=by)
    try:
        session.flush()
    except IntegrityError as error:
        raise Stale("已有正在起草的版本，请先办完") from error
    return version


def rewrite(version: Version, dmn: str, *, by: User) -> None:
    """Let a draft say something else; who wrote last has drawn it up."""
    version.dmn, version.digest = dmn, _digest(dmn)
    version.made_by_id, version.made_at = by.id, clock.now()


def propose(session: Session, version: Version, *, effective_from: date, reason: str, by: User) -> None:
    """Hand a draft to whoever publishes it. Refuses a day that is not to come, or not after the last version."""
    _refuse_bad_day(session, version, effective_from)
    version.effective_from, version.reason = effective_from, reason
    drawing_up.hand_over(version, by=by)


def publish(session: Session, version: Version, *, by: User, address: str, kind: str) -> None:
    """Publish what was proposed, and put it on record as ``kind``; whoever drew it up does not."""
    drawing_up.refuse_own(version, by)
    _refuse_bad_day(session, version, version.effective_from)
    drawing_up.decide(version, "published", by=by)
    access_log.record(session, kind, user=by, address=address, number=version.number, digest=version.digest)


def refuse_flaws(flaws: Sequence[tuple[str, RuleBroken]]) -> None:
    """Raise ``RuleBroken`` that counts the flaws and tells the first: where it is, and why."""
    if flaws:
        where, why = flaws[0]
        raise RuleBroken("有 %(n)s 处问题，请先改正：%(where)s %(why)s", n=len(flaws), where=where, why=str(why))


def _kept(session: Session, of: type[V], dmn: str, *, effective_from: date, by: User | None) -> V:
    last = session.scalar(select(func.max(of.number))) or 0
    version = of(
        number=last + 1,
        effective_from=effective_from,
        dmn=dmn,
        digest=_digest(dmn),
        made_by_id=by.id if by else None,
        made_at=clock.now(),
    )
    session.add(version)
    return version


def _digest(dmn: str) -> str:
    return hashlib.sha256(dmn.encode()).hexdigest()


def _refuse_bad_day(session: Session, version: Version, day: date) -> None:
    if day <= clock.today():
        raise RuleBroken("生效日期应当在今天之后", field="effective_from")
    if day <= versions.latest(session, type(version)).effective_from:
        raise RuleBroken("生效日期应当晚于上一版本的生效日期", field="effective_from")
