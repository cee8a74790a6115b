"""Opening a case, and the acts beside its main line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import audit, clock, engine, policy
from app.domain import deadlines, scopes
from app.domain.errors import NotFound, Stale
from app.domain.identifiers import format_case_number, receipt_number
from app.models import Case, CaseCounter, Submission, User
from app.queries import cases, openings, processes
from app.services import drafts, settings, stepping, tasks, writing
from app.services.acting import ACTS, STARTS, Acting, Start
from app.services.once import refuse_repeated

# What somebody with a conflict of interest may do: ask to be taken off.
STEP_ASIDE = frozenset({"recuse", "recuse_reviewer", "step_aside"})


def open_case(session: Session, process: str, answers: Mapping[str, Any], key: str = "", *, by: User) -> Case:
    """File a request: number the case, pin it to the current version of ``process`` and start it.

    Raises ``NotFound`` where the process is not offered, ``NotAllowed`` where this person may not start it,
    ``Repeated`` where they have sent the form before, by its ``key`` or, without one, by its answers.
    """
    if process not in STARTS:
        raise NotFound("process")
    policy.check(by, f"case.start.{process}")
    case = begin(session, process, answers, STARTS[process], key, by=by)
    drafts.discard(session, scopes.of_start(process), by=by)
    return case


def begin(session: Session, process: str, answers: Mapping[str, Any], start: Start, key: str = "", *, by: User) -> Case:
    """Open a case in the current version of ``process`` that begins as ``start`` says; who may do so is asked before.

    Raises ``NotFound`` where the process is not offered, ``Repeated`` where ``by`` has sent the same before.
    """
    version = processes.current(session, process)
    if version is None:
        raise NotFound("process")
    today = clock.today()
    compiled = processes.version_of(session, version.digest)
    number, receipt = next_numbers(session, process, today)  # whoever files at the same moment waits here
    once = refuse_repeated(session, key, compiled.start_form, answers, by=by)
    case = Case(
        kind=process,
        state="",
        title="",
        received_on=today,
        opened_at=clock.now(),
        first_filed_on=today,
        regime=deadlines.regime_on(today).value,
        process_digest=version.digest,
        position="",
        number=number,
        receipt_number=receipt,
        event_count=0,
        event_head="",
        recusal_pending=False,
        kept=audit.EMPTY,
    )
    acting = Acting(session, case, by, opens=True)
    data = start(acting, answers)
    acting.keep(Submission(form=compiled.start_form, by_id=by.id, answers=dict(answers), once=once))
    stepping.bring_into_line(acting, engine.start(compiled, data, stepping.operate(acting)))
    return case


_COUNTERS = (
    select(CaseCounter)
    .where(CaseCounter.kind.in_(bindparam("of", expanding=True)), CaseCounter.year == bindparam("in"))
    .order_by(CaseCounter.kind)  # nobody waits for somebody who waits for them
    .with_for_update()
    .execution_options(populate_existing=True)
)


def next_numbers(session: Session, kind: str, on: date) -> tuple[str, str]:
    """Return the next case number of ``kind`` in the year of ``on``, and the next receipt number.

    Both are rolled back with the act, so none is lost.
    """
    prefix, word = settings.number_words(session, kind)
    counters = _counters(session, on.year, kind, audit.RECEIPT)
    for counter in counters.values():
        audit.give_out(counter)
    number = format_case_number(prefix, word, on.year, counters[kind].last)
    return number, receipt_number(on, counters[audit.RECEIPT].last)


def _counters(session: Session, year: int, *kinds: str) -> dict[str, CaseCounter]:
    """Return these counters, locked until the transaction ends; the first case of a year brings its own."""
    place = {"of": kinds, "in": year}
    found = {row.kind: row for row in session.scalars(_COUNTERS, place)}
    if len(found) < len(kinds):
        for kind in sorted(kinds):
            writing.insert_missing(session, CaseCounter, kind=kind, year=year, last=0, sealed=0, seal="")
        found = {row.kind: row for row in session.scalars(_COUNTERS, place)}
    return found


def act(session: Session, case_id: int, name: str, answers: Mapping[str, Any], key: str = "", *, by: User) -> Case:
    """Do the act ``name`` in a case: one the diagram waits for moves it, a desk act only records.

    Raises ``NotAllowed`` outside its window or for the wrong person, ``Stale`` where the diagram no longer waits,
    ``Repeated`` where they have sent the form before, by its ``key`` or, without one, by its answers.
    """
    case = cases.locked(session, case_id)
    once = refuse_repeated(session, key, f"act:{name}", answers, by=by, case_id=case.id)
    if name not in ACTS:
        raise NotFound("act")
    policy.check(by, f"act.{name}", case)
    compiled = processes.version_of(session, case.process_digest)
    position = engine.look(compiled, case.position)
    moves = any(w.kind == "act" and w.name == name for w in position.waits)
    if not moves and name not in compiled.acts:
        raise Stale("案件已不在可以办理这一事项的阶段")
    absent = tasks.acting_for_in(session, by, case) if by.is_official and name not in STEP_ASIDE else None
    acting = Acting(session, case, by, acting_for=absent)
    absent_id = absent.id if absent else None
    acting.keep(Submission(form=f"act:{name}", by_id=by.id, acting_for_id=absent_id, answers=dict(answers), once=once))
    data = ACTS[name](acting, answers)
    if moves and data is not None:
        stepping.thrown(acting, name, data)
    drafts.discard(session, scopes.of_act(case.id, name), by=by)
    return case


def offered_acts(session: Session, case: Case, user: User) -> list[str]:
    """Return the acts that ``user`` may do in ``case`` right now, in the order of the diagram's declaration."""
    compiled = processes.version_of(session, case.process_digest)
    waits = [w.name for w in stepping.position_of(session, case).waits if w.kind == "act"] if case.is_open else []
    names = dict.fromkeys((*waits, *compiled.acts))
    allowed = [n for n in names if n in ACTS and policy.may(user, f"act.{n}", case)]
    return [n for n in allowed if openings.is_open(session, case, n, user)]
