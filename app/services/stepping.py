"""Bring the inbox and the clocks into line with the engine's position: the only glue between the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app import audit, clock, engine, notifications
from app.domain.errors import Refusal
from app.domain.events import CaseClosed
from app.domain.naming import folded
from app.domain.roles import PARTY_LANES, SEATED, STAFF_LANES, Role
from app.models import Case, CaseStaff, Party, Task
from app.queries.processes import version_of
from app.queries.waiting import did_it_last
from app.services import clocks
from app.services.acting import ASKED, ENDS, OPERATIONS, PLACES, Acting, Data


@contextmanager
def moving() -> Iterator[None]:
    """Let a refusal that an operation raised inside the engine come out as the refusal it is."""
    try:
        yield
    except engine.StepFailed as failed:
        if isinstance(failed.cause, Refusal):
            raise failed.cause from failed
        raise


def operate(acting: Acting) -> engine.Operate:
    """Return what the engine calls for a service task: an operation from the allow-list, in this act."""

    def call(name: str, _data: engine.Data) -> Data:
        return OPERATIONS[name](acting)

    return call


def completed(acting: Acting, task: Task, data: Data) -> None:
    """Move the case on from ``task`` with ``data`` and bring everything into line."""
    version = version_of(acting.session, acting.case.process_digest)
    with moving():
        position = engine.complete(version, acting.case.position, task.engine_id, data, operate(acting))
    bring_into_line(acting, position, done=task)


def thrown(acting: Acting, name: str, data: Data) -> None:
    """Throw the act ``name`` into the case and bring everything into line."""
    version = version_of(acting.session, acting.case.process_digest)
    with moving():
        position = engine.act(version, acting.case.position, name, data, operate(acting))
    bring_into_line(acting, position)


def lapsed(acting: Acting, rule: str) -> None:
    """Let the timers fire that wait for ``rule``."""
    version = version_of(acting.session, acting.case.process_digest)
    with moving():
        position = engine.lapse(version, acting.case.position, rule, operate(acting))
    bring_into_line(acting, position)


def waits_for(acting: Acting, rule: str) -> bool:
    """Say whether a timer of the diagram waits for the end of ``rule``; the end of some periods only takes a right away."""
    return any(w.kind == "timer" and w.name == rule for w in position_of(acting.session, acting.case).waits)


def bring_into_line(acting: Acting, position: engine.Position, done: Task | None = None) -> None:
    """Store the position; close the tasks that are gone, open the new ones, start and end the clocks of both."""
    session, case = acting.session, acting.case
    begins = not case.position
    before = set() if begins else {r.id for r in position_of(session, case).ready}
    case.position = position.saved  # before anything is read back, so that the row of the case is written once
    if position.ended:
        _record_end(acting, position.outcome or "ended")
    left = _left_open(session, case, before - {r.id for r in position.ready}, done)
    for task in left:
        close(task, "cancelled")
    still = {r.key for r in position.ready}  # a step that comes back goes on with its period
    if done is not None and done.key not in still:
        _end_period_of(acting, done.key, "met")
    for key in {t.key for t in left} - still:
        _end_period_of(acting, key, "cancelled")
    opened = [task for r in position.ready if r.id not in before for task in _open(acting, r)]
    session.add_all(opened)
    clocks.start_for_tasks(acting, opened, {r.key: r.properties for r in position.ready})
    if position.ended:
        _end(acting)
    elif opened:
        session.flush()  # the messages link to the new tasks by id
        if begins:  # nobody has to ask what is open in a case that has just begun
            set_committed_value(case, "open_tasks", sorted(opened, key=lambda task: (task.due_sort, task.id)))
        notifications.tasks_opened(session, case, opened)


def _left_open(session: Session, case: Case, steps: set[str], done: Task | None) -> list[Task]:
    """Return the open tasks of ``steps`` that the case has left; a step of one official has one task, which is done."""
    if done is not None and done.party_id is None and done.seat_id is None:
        steps = steps - {done.engine_id}
    if not steps:
        return []
    return list(
        session.scalars(select(Task).where(Task.case_id == case.id, Task.engine_id.in_(steps), Task.state == "open"))
    )


def _end_period_of(acting: Acting, key: str, state: str) -> None:
    """End the period of a step that is left, or let it go on after the step (property ``due_runs_on``)."""
    node = version_of(acting.session, acting.case.process_digest).nodes.get(key)
    if node is not None and node.properties.get("due_runs_on") == "yes":
        clocks.run_on_without_task(acting, key)
    else:
        clocks.end_for_task(acting, key, state)


def take_out(acting: Acting, party: Party) -> None:
    """Take the open tasks of a party that has left the case off its list."""
    for task in acting.session.scalars(
        select(Task).where(Task.case_id == acting.case.id, Task.party_id == party.id, Task.state == "open")
    ):
        close(task, "cancelled")


def close(task: Task, state: str) -> None:
    """Take a task off the list as ``done`` or ``cancelled``."""
    task.state = state
    task.done_at = clock.now()


def _record_end(acting: Acting, outcome: str) -> None:
    acting.record(CaseClosed(outcome=outcome))
    acting.case.closed_at = clock.now()
    acting.case.outcome = outcome
    audit.set_seal(acting.case)


def _end(acting: Acting) -> None:
    clocks.end_all(acting)
    if acting.case.kind in ENDS:
        ENDS[acting.case.kind](acting)
    notifications.case_closed(acting.session, acting.case)


def _open(acting: Acting, ready: engine.Ready) -> Iterable[Task]:
    if ready.lane in PARTY_LANES:
        roles = PARTY_LANES[ready.lane]
        parties = [p for p in acting.case.parties if p.role in roles]
        return [_row(acting, ready, party) for party in parties if _is_asked(acting, ready.key, party)]
    role = STAFF_LANES.get(ready.lane)
    if role and ready.properties.get("joint") == "panel":
        return [_row(acting, ready, seat=seat) for seat in acting.case.seats(role)]
    return [_row(acting, ready)]


def _is_asked(acting: Acting, key: str, party: Party) -> bool:
    asked = ASKED.get(acting.case.kind)
    return asked(acting, key, party) if asked else party.takes_part


def ask_also(acting: Acting, key: str, party: Party) -> bool:
    """Ask one more party in a joint step, where it is open already; whoever was asked before is not asked again.

    Return whether the party was asked.
    """
    ready = next((r for r in position_of(acting.session, acting.case).ready if r.key == key), None)
    asked = select(Task.id).where(Task.case_id == acting.case.id, Task.key == key, Task.party_id == party.id)
    if ready is None or acting.session.scalar(asked) is not None:
        return False
    task = _row(acting, ready, party)
    acting.session.add(task)
    clocks.start_for_tasks(acting, [task], {key: ready.properties})
    acting.session.flush()  # the message links to the task by id
    notifications.tasks_opened(acting.session, acting.case, [task])
    return True


def others_asked(acting: Acting, key: str, than: Party) -> bool:
    """Say whether the joint step ``key`` still waits for the answer of another party."""
    open_ones = select(Task.id).where(Task.case_id == acting.case.id, Task.key == key, Task.state == "open")
    return acting.session.scalar(open_ones.where(Task.party_id != than.id).limit(1)) is not None


def pass_on(acting: Acting, was: CaseStaff, now: CaseStaff) -> None:
    """Let whoever takes a seat over have its open tasks: those of the seat itself, and those that went with it.

    In a step that every seat does, one that the seat has done already is asked for again: the newcomer has not done it.
    """
    held = select(Task).where(Task.case_id == acting.case.id, Task.state == "open", Task.role == now.role)
    for task in acting.session.scalars(held.where(Task.assignee_id == was.user_id)):
        task.assignee_id = now.user_id
        task.seat_id = now.id if task.seat_id is not None else None
    for ready in position_of(acting.session, acting.case).ready:
        if ready.properties.get("joint") == "panel" and not _is_open_for(acting, ready, now):
            task = _row(acting, ready, seat=now)
            acting.session.add(task)
            clocks.start_for_tasks(acting, [task], {ready.key: ready.properties})
            acting.session.flush()  # the message links to the task by id
            notifications.tasks_opened(acting.session, acting.case, [task])


def _is_open_for(acting: Acting, ready: engine.Ready, seat: CaseStaff) -> bool:
    found = select(Task.id).where(Task.case_id == acting.case.id, Task.engine_id == ready.id, Task.state == "open")
    return acting.session.scalar(found.where(Task.seat_id == seat.id)) is not None


def _row(acting: Acting, ready: engine.Ready, party: Party | None = None, seat: CaseStaff | None = None) -> Task:
    case = acting.case
    if any(new in acting.session.new for new in (party, seat) if new is not None):
        acting.session.flush()  # the task belongs to the party or the seat by id
    role = STAFF_LANES.get(ready.lane)
    unit_id, holder = _place(acting, ready, role, seat)
    return Task(
        case_id=case.id,
        case=case,
        engine_id=ready.id,
        key=ready.key,
        form=ready.form,
        title=ready.title,
        title_en=ready.title_en,
        process=case.kind,
        case_number=case.number,
        case_title=case.title,
        case_title_en=case.title_en,
        search_text=folded(case.number, ready.title, ready.title_en, case.party_names),
        role=role.value if role else (party.role if party else Role.APPLICANT.value),
        unit_id=unit_id,
        party_id=party.id if party else None,
        party=party,
        seat_id=seat.id if seat else None,
        organization_id=party.organization_id if party else None,
        assignee_id=holder,
        opened_at=clock.now(),
        opened_by_id=acting.by.id if acting.by else None,
        announce_at=clock.now() if role and holder is None else None,
    )


def _place(
    acting: Acting, ready: engine.Ready, role: Role | None, seat: CaseStaff | None
) -> tuple[int | None, int | None]:
    """Return in which unit a new step lies and in whose hands; a step of a party in none."""
    case = acting.case
    if role is None:
        return None, None
    unit_id, holder = PLACES[case.kind](acting, ready.key, role) if case.kind in PLACES else (None, None)
    return unit_id or case.unit_id, seat.user_id if seat else holder or _holder(acting, ready, role)


def _holder(acting: Acting, ready: engine.Ready, role: Role) -> int | None:
    """Return who has a new step in hand: who holds the case, or who did the step before, where it comes back."""
    if role in SEATED:
        seat = acting.case.staff_in(role)
        return seat.user_id if seat else None
    return did_it_last(acting.session, acting.case, ready.key, role) if ready.turn > 1 else None


def position_of(session: Session, case: Case) -> engine.Position:
    """Return where the case stands in its diagram, without changing anything."""
    return engine.look(version_of(session, case.process_digest), case.position)
