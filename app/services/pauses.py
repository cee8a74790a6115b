"""Pauses: days that do not count, for all periods of a case that a kind of pause stops."""

from __future__ import annotations

from datetime import timedelta

from app.domain.events import ClockPaused, ClockResumed
from app.models import ClockPause
from app.services import clocks
from app.services.acting import Acting


def pause(acting: Acting, kind: str, reason: str) -> None:
    """Pause, from today, all periods that this kind of pause stops; one that has run out already is late and stays so."""
    row = ClockPause(
        case_id=acting.case.id,
        kind=kind,
        first=acting.today,
        reason=reason,
        decided_by_id=acting.by.id if acting.by else None,
    )
    acting.pauses.append(row)
    acting.session.add(row)
    stopped = [d for d in clocks.open_ones(acting) if kind in clocks.stopped_by(d) and d.due_on >= acting.today]
    for deadline in stopped:
        clocks.halt(deadline)
    clocks.show_all(acting, stopped)
    acting.record(ClockPaused(pause=kind, first=acting.today, reason=reason))


def resume(acting: Acting, kind: str) -> None:
    """Let the periods run on; the days that stood still, up to and including yesterday, do not count."""
    lasting = [p for p in acting.pauses if p.kind == kind and p.last is None]
    if not lasting:
        return
    last = acting.today - timedelta(days=1)
    for row in lasting:
        if last < row.first:
            acting.session.delete(row)  # it began today: not a single whole day stood still
            acting.pauses.remove(row)
        else:
            row.last = last
    still = {p.kind for p in acting.pauses if p.last is None and p not in lasting}
    moved = []
    for deadline in clocks.open_ones(acting):
        if kind in clocks.stopped_by(deadline) and not still & clocks.stopped_by(deadline):
            deadline.state = "running"
            clocks.count_again(deadline, acting.calendar, acting.pauses)
            moved.append(deadline)
    clocks.show_all(acting, moved)
    acting.record(ClockResumed(pause=kind, last=last if any(last >= row.first for row in lasting) else None))
