"""Sessions: when and where, who came, what came of it (order 81, arts. 66 and 67)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from app import clock, notifications
from app.domain.errors import RuleBroken
from app.domain.events import MediationFailed, SessionCancelled, SessionHeld, SessionScheduled
from app.domain.mediation import ABSENT, SessionResult
from app.domain.roles import PartyRole, Role
from app.domain.texts import Text
from app.models import MediationSession, Task
from app.services import clocks, papers, parties
from app.services.acting import Acting, Answers, Data, step
from app.services.mediation import current, sides


@step("schedule_session")
def schedule_session(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Fix time and place of the next session and notify those who take part."""
    at = datetime.fromisoformat(answers["at"])
    if at <= clock.now():
        raise RuleBroken("调解会的时间应当在现在之后", field="at")
    _refuse_day_off(acting, at.astimezone(clock.ZONE).date(), agreed=bool(answers.get("day_off")))
    mediator = acting.case.staff_in(Role.MEDIATOR)
    assert mediator is not None
    place = 1 + (
        acting.session.scalar(
            select(func.max(MediationSession.place)).where(MediationSession.case_id == acting.case.id)
        )
        or 0
    )
    row = MediationSession(
        case_id=acting.case.id,
        place=place,
        at=at,
        venue=answers["venue"],
        online=bool(answers["online"]),
        mediator_id=mediator.user_id,
    )
    acting.session.add(row)
    acting.record(SessionScheduled(place=place, at=at, venue=answers["venue"]))
    papers.issue(
        acting,
        "mediation_session_notice",
        to=sides.in_mediation(acting),
        place=place,
        at=at.isoformat(),
        venue=answers["venue"],
        online=bool(answers["online"]),
        mediator=mediator.user.name,
        note=answers.get("note") or "",
    )
    notifications.session_scheduled(acting.session, acting.case, row)
    clocks.end(acting, "mediation.notify", met=True)
    acting.dues["mediation.session"] = at.date()
    return {}


def _refuse_day_off(acting: Acting, day: date, *, agreed: bool) -> None:
    """Parties may agree to meet on a day off; nobody fixes one without noticing."""
    if not agreed and not acting.calendar.is_working(day):
        raise RuleBroken(
            "%(day)s不是工作日（%(why)s）；各方都同意在当天调解的，请勾选确认，否则请改期",
            field="day_off",
            day=day,
            why=acting.calendar.label(day),
        )


@step("hold_session")
def hold_session(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the session. Who stays away without a good reason ends the case; with one, there is another session.

    Nothing can be said of a session before its time, except that it will not take place.
    """
    row = current.session(acting)
    result = SessionResult(answers["result"])
    if result == SessionResult.CANCELLED:
        return _call_off(acting, row, answers["record"])
    if clock.now() < row.at:
        raise RuleBroken(
            "调解会定于 %(at)s 召开，还没有开始；需要改期的，请选择“没有召开，取消并另行安排”",
            field="result",
            at=row.at.astimezone(clock.ZONE),
        )
    _refuse_one_sided(acting, result, answers["attended"])
    if result in ABSENT:
        if answers.get("justified"):
            result = SessionResult.CONTINUE
        else:
            _refuse_untold(acting, row, ABSENT[result])
    row.result = result.value
    row.attended = list(answers["attended"])
    row.record = answers["record"]
    acting.record(SessionHeld(place=row.place, result=result.label))
    clocks.end(acting, "fast.first_session", met=True)
    clocks.end(acting, "fast.contact", met=False)  # they have met: nobody need ring them up any more
    attended = [p for p in sides.in_mediation(acting) if p.id in row.attended]
    papers.issue(
        acting,
        "mediation_record",
        place=row.place,
        at=row.at.isoformat(),
        venue=row.venue,
        mediator=row.mediator.name,
        attended=list(parties.names(attended)),
        record=answers["record"],
        result=result.label,
        open_points=answers.get("open_points") or "",
    )
    if result == SessionResult.PARTIAL:
        current.mediation(acting).partial = True
    if result == SessionResult.REQUESTER_ABSENT:
        _cancel(acting, "请求人无正当理由不参加调解，按撤回请求处理", withdrawn=True)
    return {"session": result.value}


def _call_off(acting: Acting, row: MediationSession, reason: str) -> Data:
    """The session does not take place, for whatever reason, and another one is fixed."""
    row.result = SessionResult.CANCELLED.value
    row.record = reason
    clocks.end(acting, "mediation.session", met=False)
    acting.record(SessionCancelled(place=row.place, reason=reason))
    notifications.session_cancelled(acting.session, acting.case, row)
    return {"session": SessionResult.CONTINUE.value}


def _refuse_one_sided(acting: Acting, result: SessionResult, attended: list[int]) -> None:
    """An agreement needs somebody on either side; a side is absent when the other came and nobody of its own did."""
    there = [p for p in sides.in_mediation(acting) if p.id in attended]
    if result in (SessionResult.AGREED, SessionResult.PARTIAL) and len({p.role for p in there}) < 2:
        raise RuleBroken("达成协议的，请求人和被请求人都应当有人到场", field="attended")
    if result not in ABSENT:
        return
    if seen := [p for p in there if p.role == ABSENT[result]]:
        raise RuleBroken(
            "按缺席处理的一方不能同时有人到场：%(names)s", field="attended", names=list(parties.names(seen))
        )
    if not there:
        raise RuleBroken(
            "另一方也没有人到场的，不能按一方缺席处理，请选择“%(choice)s”",
            field="attended",
            choice=SessionResult.CANCELLED.label,
        )


def _refuse_untold(acting: Acting, row: MediationSession, away: PartyRole) -> None:
    """Nobody is absent without good reason (order 81, art. 67) whom this session's notice had not reached by its day."""
    notice = papers.latest(acting.session, acting.case, "mediation_session_notice")
    assert notice is not None
    day = row.at.astimezone(clock.ZONE).date()
    told = {a.party_id for a in notice.addressees if a.served_on is not None and a.served_on <= day}
    if untold := [p for p in sides.in_mediation(acting) if p.role == away and p.id not in told]:
        raise RuleBroken(
            "没有《%(title)s》在调解会前送达%(names)s的登记，不能按缺席处理；已经送达的请先登记送达，否则请选择“%(choice)s”",
            field="result",
            title=Text(notice.title, notice.title_en or notice.title),
            names=list(parties.names(untold)),
            choice=SessionResult.CANCELLED.label,
        )


@step("close_failed")
def close_failed(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Close the mediation without an agreement and notify the parties."""
    acting.record(MediationFailed(reason=answers["reason"]))
    _cancel(acting, answers["reason"])
    return {}


def _cancel(acting: Acting, reason: str, *, withdrawn: bool = False) -> None:
    to = sides.in_mediation(acting)
    papers.issue(acting, "mediation_cancel_notice", to=to, reason=reason, withdrawn=withdrawn)
