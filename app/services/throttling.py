"""How often something may be tried: counted in the database, so that every worker counts the same tries."""

from __future__ import annotations

import hashlib

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import RuleBroken
from app.models import Throttle
from app.services import writing

DAY = 24 * 60  # minutes
TOO_OFTEN = "操作过于频繁，请 %(n)s 分钟后再试"
TURN = 0  # the window of a turn; it keeps the second in which it was taken instead of tries
TURN_SECONDS = 10  # a turn that nobody gave back, because its worker died, is over then


class TooMany(RuleBroken):
    """Tried too often; ``n`` says after how many minutes it may be tried again."""


def count(session: Session, bucket: str, *, limit: int, seconds: int) -> None:
    """Count one more try; raise ``TooMany`` when there were more than ``limit`` in this window of ``seconds``."""
    minutes = max(seconds // 60, 1)
    if add(session, bucket, minutes) > limit:
        raise TooMany(TOO_OFTEN, n=_minutes_left(minutes))


def add(session: Session, bucket: str, minutes: int) -> int:
    """Count one more try in this window of so many minutes and return how many there were; one statement."""
    row = writing.insert(session, Throttle).values(bucket=bucket, window=_began(minutes), tries=1)
    counted = row.on_conflict_do_update(
        index_elements=[Throttle.bucket, Throttle.window], set_={"tries": Throttle.tries + 1}
    ).returning(Throttle.tries)
    return session.execute(counted).scalar_one()


def give_back(session: Session, bucket: str, minutes: int) -> None:
    """Take one try back: it turned out well."""
    session.execute(
        update(Throttle)
        .where(Throttle.bucket == bucket, Throttle.window == _began(minutes), Throttle.tries > 0)
        .values(tries=Throttle.tries - 1)
        .execution_options(synchronize_session=False)
    )


def forget(session: Session, bucket: str) -> None:
    """Forget all tries, or lift a lock."""
    session.execute(delete(Throttle).where(Throttle.bucket == bucket).execution_options(synchronize_session=False))


def lock(session: Session, bucket: str, minutes: int) -> None:
    """Lock ``bucket`` for so many minutes; the window of a lock is the minute in which it ends."""
    writing.insert_missing(session, Throttle, bucket=bucket, window=_minute() + minutes, tries=0)


def is_locked(session: Session, bucket: str) -> bool:
    """Say whether a lock on ``bucket`` still runs."""
    return bool(session.scalar(select(exists().where(Throttle.bucket == bucket, Throttle.window > _minute()))))


def take_turn(session: Session, bucket: str) -> bool:
    """Take the only turn at ``bucket``; ``False`` while somebody else has it. One statement; commit it at once."""
    now = int(clock.now().timestamp())
    row = writing.insert(session, Throttle).values(bucket=bucket, window=TURN, tries=now)
    taken = row.on_conflict_do_update(
        index_elements=[Throttle.bucket, Throttle.window],
        set_={"tries": now},
        where=Throttle.tries <= now - TURN_SECONDS,
    ).returning(Throttle.tries)
    return session.scalar(taken) is not None


def clear_out(session: Session) -> None:
    """Remove what is more than a day old."""
    session.execute(
        delete(Throttle).where(Throttle.window < _minute() - DAY).execution_options(synchronize_session=False)
    )


def keyed(kind: str, text: str) -> str:
    """Return a bucket for something that people type: of one length, whatever they type."""
    return f"{kind}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"


def _minute() -> int:
    return int(clock.now().timestamp()) // 60


def _began(minutes: int) -> int:
    """Return the minute (since 1970) in which the present window began."""
    return _minute() // minutes * minutes


def _minutes_left(minutes: int) -> int:
    return _began(minutes) + minutes - _minute()
