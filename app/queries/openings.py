"""What must be there for an act beside the steps: where it is not, the act is not offered, and refused if it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.adjudication import Measure
from app.domain.events import AnswersClosed
from app.models import Case, ClockPause, Deadline, Document, Event, Evidence, EvidenceMeasure, Milestone, Task, User
from app.queries import archived, award_recoveries

Opening = Callable[[Session, Case, User], bool]


def _there(session: Session, rows: Select[Any]) -> bool:
    return bool(session.scalar(select(exists(rows))))


def _talks_last(session: Session, case: Case, _user: User) -> bool:
    pauses = select(ClockPause.id).where(ClockPause.case_id == case.id, ClockPause.kind == "settlement")
    return _there(session, pauses.where(ClockPause.last.is_(None)))


def _no_talks_last(session: Session, case: Case, _user: User) -> bool:
    return not _talks_last(session, case, _user)


def _new_evidence(session: Session, case: Case, _user: User) -> bool:
    """Say whether something came after the other pieces had their numbers."""
    rows = select(Evidence.id).where(Evidence.case_id == case.id)
    return _there(session, rows.where(Evidence.number == "")) and _there(session, rows.where(Evidence.number != ""))


def _evidence_waited_for(session: Session, case: Case, _user: User) -> bool:
    running = select(Deadline.id).where(Deadline.case_id == case.id, Deadline.rule == "evidence.period")
    return _there(session, running.where(Deadline.ended_at.is_(None)))


def _measure_to_record(session: Session, case: Case, _user: User) -> bool:
    rows = select(EvidenceMeasure.id).where(EvidenceMeasure.case_id == case.id, EvidenceMeasure.granted.is_(True))
    return _there(session, rows.where(EvidenceMeasure.ended_on.is_(None), EvidenceMeasure.kind != Measure.REGISTRATION))


def _lapsed(session: Session, case: Case, rule: str) -> bool:
    rows = select(Deadline.id).where(Deadline.case_id == case.id, Deadline.rule == rule)
    return _there(session, rows.where(Deadline.state == "lapsed"))


def _unanswered(session: Session, case: Case, _user: User) -> bool:
    answer = select(Document.id).where(Document.case_id == case.id, Document.kind == "answer_brief")
    return _lapsed(session, case, "adjudication.answer") and not _there(session, answer)


def _unsigned(session: Session, case: Case, _user: User) -> bool:
    closed = select(Event.data).where(Event.case_id == case.id, Event.kind == AnswersClosed.kind)
    last = session.scalar(closed.order_by(Event.seq.desc()).limit(1))
    return last is not None and not last["answered"] and _lapsed(session, case, "adjudication.resign_answer")


def _is_to_be_archived(session: Session, case: Case, _user: User) -> bool:
    return _there(session, archived.to_come(case).with_only_columns(Document.id))


def _is_to_be_performed(session: Session, case: Case, _user: User) -> bool:
    """Say whether the time to perform the decision, or to sue against it, is over."""
    due = select(Milestone.id).where(Milestone.case_id == case.id, Milestone.kind == "performance_due")
    return _there(session, due.where(Milestone.on < clock.today()))


def _may_still_object(session: Session, case: Case, user: User) -> bool:
    """Say whether the time to object still runs for anybody; an official also enters what came on paper in time."""
    running = select(Deadline.id).where(Deadline.case_id == case.id, Deadline.rule == "jurisdiction.objection")
    return user.is_official or _there(session, running.where(Deadline.ended_at.is_(None)))


def _no_measure_under_way(session: Session, case: Case, _user: User) -> bool:
    """Say whether the last measure was decided on, and what was registered was dealt with: one at a time."""
    steps = ("review_measure", "decide_measure", "settle_registration")
    return not _there(
        session, select(Task.id).where(Task.case_id == case.id, Task.state == "open", Task.form.in_(steps))
    )


def _nothing_is_recovered(session: Session, case: Case, _user: User) -> bool:
    return award_recoveries.open_recovery(session, case) is None


def _is_recovery(state: str) -> Opening:
    def opening(session: Session, case: Case, _user: User) -> bool:
        row = award_recoveries.open_recovery(session, case)
        return row is not None and row.state == state

    return opening


_OPENINGS: Mapping[str, Opening] = MappingProxyType(
    {
        "settlement_talks": _no_talks_last,
        "end_talks": _talks_last,
        "examine_new_evidence": _new_evidence,
        "extend_evidence": _evidence_waited_for,
        "record_measure": _measure_to_record,
        "register_answer": _unanswered,
        "register_signed_answer": _unsigned,
        "object_jurisdiction": _may_still_object,
        "propose_measure": _no_measure_under_way,
        "file_case": _is_to_be_archived,
        "request_enforcement": _is_to_be_performed,
        "propose_recovery": _nothing_is_recovered,
        "decide_recovery": _is_recovery("proposed"),
        "record_repayment": _is_recovery("ordered"),
    }
)


_WHY: Mapping[str, str] = MappingProxyType(
    {
        "propose_measure": "上一项取证还没有办完；登记保存的证据作出处理决定以后，再报请新的取证",
        "object_jurisdiction": "答辩期已经届满，不能再提出管辖异议",
        "propose_recovery": "上一次追回还没有办完",
    }
)


def is_open(session: Session, case: Case, act: str, user: User) -> bool:
    """Say whether what ``act`` is about is there in ``case`` now; acts without a line are about the case itself."""
    return act not in _OPENINGS or _OPENINGS[act](session, case, user)


def why_not(session: Session, case: Case, act: str, user: User) -> str:
    """Return what keeps ``act`` closed; empty where it is something else, or where the stage of the case says it all."""
    return "" if is_open(session, case, act, user) else _WHY.get(act, "")
