"""Pauses: days that do not count, for all periods of a case that a kind of pause stops."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain import statute
from app.domain.events import ClockPaused, ClockResumed
from app.models import ClockPause, Document
from app.services import clocks
from app.services.acting import Acting


def stops_anything(acting: Acting, kind: str) -> bool:
    """Say whether this kind of pause stops a period of the law that runs or stands still.

    The office's own targets follow the law: they alone are no reason for a pause.
    """
    return any(kind in clocks.stopped_by(d) for d in clocks.open_ones(acting) if statute.rule(d.rule).statutory)


def lasts(acting: Acting, kind: str) -> bool:
    """Say whether a pause of this kind lasts now."""
    return any(p.kind == kind and p.last is None for p in acting.pauses)


def pause(
    acting: Acting, kind: str, reason: str, *, first: date | None = None, decided_in: Document | None = None
) -> None:
    """Pause all periods that this kind of pause stops, from today or from the day that is said.

    One that has run out already is late and stays so. ``decided_in`` is the paper by which the pause was decided.
    """
    began = first or acting.today
    if decided_in is not None:
        acting.session.flush()  # the pause names its paper by id
    row = ClockPause(
        case_id=acting.case.id,
        kind=kind,
        first=began,
        reason=reason,
        decided_by_id=acting.by.id if acting.by else None,
        document_id=decided_in.id if decided_in else None,
    )
    acting.pauses.append(row)
    acting.session.add(row)
    stopped = [d for d in clocks.open_ones(acting) if kind in clocks.stopped_by(d) and d.due_on >= began]
    for deadline in stopped:
        clocks.halt(deadline)
    clocks.show_all(acting, stopped)
    acting.record(ClockPaused(pause=kind, first=began, reason=reason))


def resume(acting: Acting, kind: str, *, last: date | None = None) -> None:
    """Let the periods run on; the days that stood still do not count: up to yesterday, or to the day that is said."""
    lasting = [p for p in acting.pauses if p.kind == kind and p.last is None]
    if not lasting:
        return
    until = last or acting.today - timedelta(days=1)
    for row in lasting:
        if until < row.first:
            acting.session.delete(row)  # it began today: not a single whole day stood still
            acting.pauses.remove(row)
        else:
            row.last = until
    still = {p.kind for p in acting.pauses if p.last is None and p not in lasting}
    moved = []
    for deadline in clocks.open_ones(acting):
        if kind in clocks.stopped_by(deadline) and not still & clocks.stopped_by(deadline):
            deadline.state = "running"
            clocks.count_again(deadline, acting.calendar, acting.pauses)
            moved.append(deadline)
    clocks.show_all(acting, moved)
    acting.record(ClockResumed(pause=kind, last=until if any(until >= row.first for row in lasting) else None))


def leave_out(
    acting: Acting, kind: str, reason: str, first: date, last: date, *, decided_in: Document | None = None
) -> None:
    """Leave the days from ``first`` to ``last``, both inside, out of all periods that this kind of pause stops.

    Unlike a pause it is over from the beginning: how many days do not count is known, wherever they lie.
    """
    if decided_in is not None:
        acting.session.flush()  # the pause names its paper by id
    row = ClockPause(
        case_id=acting.case.id,
        kind=kind,
        first=first,
        last=last,
        reason=reason,
        decided_by_id=acting.by.id if acting.by else None,
        document_id=decided_in.id if decided_in else None,
    )
    acting.pauses.append(row)
    acting.session.add(row)
    count_all_again(acting, kind)
    acting.record(ClockPaused(pause=kind, first=first, reason=reason))
    acting.record(ClockResumed(pause=kind, last=last))


def count_all_again(acting: Acting, kind: str) -> None:
    """Count again every period that this kind of pause stops."""
    moved = [d for d in clocks.open_ones(acting) if kind in clocks.stopped_by(d)]
    for deadline in moved:
        clocks.count_again(deadline, acting.calendar, acting.pauses)
    clocks.show_all(acting, moved)
