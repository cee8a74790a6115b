"""What must be true of a case after every act, whatever the act was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app import audit, clock
from app.domain import statute
from app.domain.events import KINDS, state_after
from app.domain.periods import Length, Regime, Unit
from app.domain.roles import Role
from app.domain.states import CLOSED, State
from app.models import Case, ClockPause, Deadline, Document, Event, Task, User, db
from app.queries import periods, recusals, sight
from app.queries.conflicts import conflicts
from app.services import cases, stepping
from tests.naive import naive

if TYPE_CHECKING:
    from tests.walks.walking import Walk


def check(walk: Walk) -> None:
    """Look at the case from every side."""
    case = walk.case
    _has_one_state(case)
    _papers_are_numbered(case)
    _periods_are_right(walk, case)
    _panel_is_right(case)
    _parties_see_their_own(walk, case)
    if case.is_open:
        _goes_on(walk, case)
    else:
        _is_over(case)


def may_vote(task: Task, by: User) -> None:
    """Nobody who is asked to step aside votes."""
    resting = {s.user_id for s in task.case.seats(Role.ADJUDICATOR) if s.resting}
    assert task.form != "deliberate" or by.id not in resting


def _has_one_state(case: Case) -> None:
    rows = db.session.execute(select(Event.kind, Event.data).where(Event.case_id == case.id).order_by(Event.seq))
    assert State(case.state) == state_after((kind, data) for kind, data in rows)
    assert (case.state in CLOSED) is (not case.is_open)


def _papers_are_numbered(case: Case) -> None:
    places = list(
        db.session.scalars(select(Document.place).where(Document.case_id == case.id).order_by(Document.place))
    )
    assert places == list(range(1, len(places) + 1))


def _panel_is_right(case: Case) -> None:
    seats = case.seats(Role.ADJUDICATOR)
    if not seats:
        return
    assert len(seats) % 2 == 1 and len(seats) >= 3 and sum(s.presides for s in seats) == 1
    assert len({s.user_id for s in seats}) == len(seats)
    for seat in (s for s in seats if not s.resting):
        assert not conflicts(db.session(), seat.user, case), f"{seat.user.name} sits and has a conflict"
    _those_asked_to_step_aside_rest(case)


def _those_asked_to_step_aside_rest(case: Case) -> None:
    asked = [*recusals.all_pending(db.session(), case), *recusals.to_follow_up(db.session(), case)]
    assert bool(asked) is case.recusal_pending
    sitting = {s.user_id for s in case.seats(Role.ADJUDICATOR)}
    resting = {s.user_id for s in case.seats(Role.ADJUDICATOR) if s.resting}
    assert resting == {r.user_id for r in asked} & sitting


def _parties_see_their_own(walk: Walk, case: Case) -> None:
    inside = ("panel", "office")
    since = select(Event).where(Event.case_id == case.id, Event.seq > walk.looked_at)
    events = [e for e in db.session.scalars(since) if KINDS[e.kind].seen_by in inside]
    walk.looked_at = case.event_count
    for person in (walk.tribunal.requester, walk.tribunal.respondent):
        user = db.session.get_one(User, person.id)
        kept = select(Document.kind).where(Document.case_id == case.id, Document.seen_by.in_(inside))
        own = set(db.session.scalars(kept.where(sight.own_papers(user, case))))
        assert own <= {"investigation_request"}  # which a party reads that made it
        assert not any(sight.tells_of(user, case, event) for event in events)


def _goes_on(walk: Walk, case: Case) -> None:
    if any(True for _ in walk.may_do()):
        return
    position = stepping.position_of(db.session(), case)
    timers = {w.name for w in position.waits if w.kind == "timer"}
    running = select(Deadline).where(Deadline.case_id == case.id, Deadline.state == "running")
    if any(d.rule in timers and d.wake_at is not None for d in db.session.scalars(running)):
        return
    resumes = any("resume" in cases.offered_acts(db.session(), case, user) for user in walk.people())
    assert resumes, f"stuck in {case.state}: {[r.key for r in position.ready]}, timers {timers}"


def _is_over(case: Case) -> None:
    assert not db.session.scalars(select(Task.id).where(Task.case_id == case.id, Task.state == "open")).all()
    assert not db.session.scalars(
        select(Deadline.rule).where(Deadline.case_id == case.id, Deadline.ended_at.is_(None))
    ).all()
    assert case.outcome == case.state
    assert audit.verify(db.session(), case) is None


# -- periods -----------------------------------------------------------------------------------------------------------


def _periods_are_right(walk: Walk, case: Case) -> None:
    pauses = periods.pauses_of(db.session(), case.id)
    for deadline in periods.deadlines_of(db.session(), case.id):
        if deadline.ended_at is not None:
            assert walk.ended.setdefault(deadline.id, deadline.due_on) == deadline.due_on
        elif deadline.state == "paused":
            assert any(p.last is None and p.kind in _stops(deadline) for p in pauses), f"{deadline.rule} stands still"
        else:
            expected = _naive(deadline, pauses)
            assert deadline.due_on == expected, (
                f"{deadline.rule} from {deadline.start_on}: {deadline.due_on}, {expected}"
            )
            _is_shown(case, deadline)


def _is_shown(case: Case, deadline: Deadline) -> None:
    rows = select(Task).where(Task.case_id == case.id, Task.key == deadline.task_key, Task.state == "open")
    if deadline.party_id is not None:
        rows = rows.where(Task.party_id == deadline.party_id)
    for task in db.session.scalars(rows):
        assert task.due_on == deadline.due_on, f"{task.key} shows {task.due_on}, not {deadline.due_on}"


def _stops(deadline: Deadline) -> frozenset[str]:
    return statute.rule(deadline.rule).term(Regime(deadline.regime)).exclusions


def _naive(deadline: Deadline, pauses: list[ClockPause]) -> object:
    """Count a period again from the table of time limits, the pauses and the extensions alone."""
    term = statute.rule(deadline.rule).term(Regime(deadline.regime))
    usual = term.variants.get(deadline.variant or "") or term.length or term.internal
    assert usual is not None and not term.before
    own = usual if deadline.length is None else Length(deadline.length, usual.unit)
    yesterday = clock.today() - timedelta(days=1)
    gaps = [(p.first, p.last or yesterday) for p in pauses if p.kind in term.exclusions]
    gaps = [(first, last) for first, last in gaps if last >= first]
    further = []
    for given, step in zip(deadline.extensions, term.extensions, strict=False):
        most = step.length or own
        further.append(Length(given.length or most.n, Unit(given.unit or most.unit)))
    n = own.n
    while further and further[0].unit == own.unit:
        n += further.pop(0).n
    start = deadline.start_on - timedelta(days=1) if term.counts_first else deadline.start_on
    due = naive(start, n, Unit(own.unit), gaps, {})
    for other in further:
        due = naive(due, other.n, Unit(other.unit), gaps, {})
    return due
