"""The trial by hearing: fixed in time, announced, replied to, held, its transcript confirmed (order 81, arts. 26 and 27)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from app import clock, notifications
from app.domain.adjudication import HearingResult, TrialWay
from app.domain.errors import NotFound, RuleBroken
from app.domain.events import (
    HearingHeld,
    HearingPutOff,
    HearingReplied,
    HearingScheduled,
    RescheduleAsked,
    TrialChosen,
)
from app.domain.hearing_script import HEADINGS
from app.domain.masking import mask_phone
from app.domain.periods import Regime
from app.domain.roles import PartyRole
from app.models import Deadline, Document, Hearing, Party, Task
from app.queries import hearings
from app.services import clocks, papers, stepping
from app.services.acting import Acting, Answers, Data, act, after_service, lapse, step
from app.services.adjudication import absence, current, transcript
from app.services.adjudication.cancellation import propose, speaking


@step("choose_trial")
def choose_trial(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Say whether there is a hearing, or a trial in writing."""
    way = TrialWay(answers["way"])
    current.adjudication(acting).trial = way.value
    acting.record(TrialChosen(way=way.label))
    acting.remark(answers.get("reason"))
    return {"trial_way": way.value}


@step("schedule_hearing")
def schedule_hearing(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Fix a hearing, tell the parties in time (D24; TL13), and announce it unless it is closed (D25; TL14)."""
    at = datetime.fromisoformat(answers["at"])
    day = at.astimezone(clock.ZONE).date()
    online, closed = bool(answers.get("online")), bool(answers.get("closed"))
    if at <= clock.now():
        raise RuleBroken("口头审理的时间应当在现在之后", field="at")
    if online and acting.case.regime == Regime.ORDER71:
        raise RuleBroken("本案适用的规定没有线上审理", field="online")
    _refuse_late_notice(acting, day, closed=closed)
    if not acting.calendar.is_working(day) and not answers.get("day_off"):
        raise RuleBroken("%(day)s不是工作日；各方都同意的，请勾选“确认安排在非工作日”", field="day_off", day=day)
    before = hearings.last(acting.session, acting.case)
    row = Hearing(
        case_id=acting.case.id,
        place=(before.place if before else 0) + 1,
        at=at,
        venue=answers["venue"],
        online=online,
        closed=closed,
        closed_because=answers.get("closed_because") or "",
        announced_on=None if closed else acting.today,
        replies={},
        attended=[],
        present=[],
        script=[],
        signed=[],
        reschedules=[],
    )
    acting.session.add(row)
    acting.forget("hearing_notified")  # who was told of a hearing that was put off is told anew
    acting.record(HearingScheduled(place=row.place, at=at, venue=row.venue, online=online, closed=closed))
    to = [p for p in acting.case.parties if p.takes_part]
    papers.issue(acting, "hearing_notice", to=to, **_told(row), closed=closed, bring=answers.get("bring") or "")
    if not closed:
        papers.issue(acting, "hearing_announcement", **_told(row))
    notifications.hearing_scheduled(acting.session, acting.case, row)
    return {}


def _told(row: Hearing) -> dict[str, Any]:
    return {"place": row.place, "at": row.at.isoformat(), "venue": row.venue, "online": row.online}


def refuse_to_join_late(acting: Acting) -> None:
    """Raise ``RuleBroken`` where who joins could no longer be told in time of the hearing that lies ahead (TL13)."""
    row = hearings.last(acting.session, acting.case)
    if row is None or row.result is not None:
        return
    day = row.at.astimezone(clock.ZONE).date()
    variant = "major" if current.adjudication(acting).major else None
    if acting.today > clocks.due_of(acting, "hearing.notice", start=day, variant=variant):
        raise RuleBroken("口头审理定于%(day)s，已经来不及提前通知第三人；请先改期，再追加", field="name", day=day)


def tell_late(acting: Acting, party: Party) -> None:
    """Tell who joins the case of the hearing that lies ahead, and ask whether they come."""
    row = hearings.last(acting.session, acting.case)
    if row is not None and row.result is None:
        stepping.ask_also(acting, "hearing_reply", party)
        papers.issue(acting, "hearing_notice", to=[party], **_told(row), closed=row.closed, bring="")


def _refuse_late_notice(acting: Acting, day: date, *, closed: bool) -> None:
    """The notice goes out three working days before, five in a major case; so does the announcement (TL13, TL14)."""
    variant = "major" if current.adjudication(acting).major else None
    last = clocks.due_of(acting, "hearing.notice", start=day, variant=variant)
    if acting.today > last:
        raise RuleBroken(
            "口头审理的通知应当至少提前 %(n)s 个工作日发出；最早可以安排在%(first)s",
            field="at",
            n=clocks.length_of(acting, "hearing.notice", variant),
            first=_earliest(acting, "hearing.notice", variant),
        )
    if not closed and acting.today > clocks.due_of(acting, "hearing.announcement", start=day):
        raise RuleBroken(
            "公开审理应当至少提前 3 个工作日公告；最早可以安排在%(first)s",
            field="at",
            first=_earliest(acting, "hearing.announcement", None),
        )


def _earliest(acting: Acting, rule: str, variant: str | None) -> date:
    """Return the first working day of which one can still give notice today."""
    day = acting.calendar.on_or_after(acting.today)
    while clocks.due_of(acting, rule, start=day, variant=variant) < acting.today:
        day = acting.calendar.on_or_after(day + timedelta(days=1))
    return day


@after_service("hearing_notice")
def replying_runs(acting: Acting, document: Document, party: Party, on: date) -> None:
    """The three days to reply run from the day on which the notice reached the party (TL15); not of one put off."""
    row = hearings.last(acting.session, acting.case)
    if row is None or papers.facts_behind(acting.session, document)["place"] != row.place:
        return
    clocks.run_from_service(acting, "hearing.reply", "hearing_reply", party, on)


@lapse("hearing.reply")
def replying_lapsed(_acting: Acting, _deadline: Deadline) -> bool:
    """No reply holds nothing up."""
    return True


@step("hearing_reply")
def hearing_reply(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Keep who comes, or why nobody does; the panel sees it before the hearing."""
    party, row = task.party, hearings.last(acting.session, acting.case)
    assert party is not None and row is not None
    if answers.get("another_day"):
        _refuse_late_wish(acting, row, "another_day")
    people = [
        {name: entry.get(name) or "" for name in ("name", "unit", "post", "phone")}
        for entry in answers.get("people") or []
    ]
    attends = bool(answers["attends"])
    row.replies = {
        **row.replies,
        str(party.id): {
            "attends": attends,
            "why": answers.get("why") or "",
            "people": people,
            "another_day": answers.get("another_day") or "",
        },
    }
    acting.record(HearingReplied(party=party.name, attends=attends, another_day=answers.get("another_day") or ""))
    shown = [{**p, "phone": mask_phone(p["phone"]) if p["phone"] else ""} for p in people]
    papers.issue(acting, "hearing_reply", party=party.name, attends=attends, why=answers.get("why") or "", people=shown)
    papers.receive(acting, "hearing_attachment", answers.get("files") or [], party=party)
    clocks.end(acting, "hearing.reply", party=party, met=True)
    return None if stepping.others_asked(acting, "hearing_reply", than=party) else {}


@act("ask_reschedule")
def ask_reschedule(acting: Acting, answers: Answers) -> Data | None:
    """Ask in time for another day of the hearing (TL15); the panel decides by putting it off, or by holding it."""
    party, row = speaking(acting, answers, *PartyRole), hearings.last(acting.session, acting.case)
    if row is None or row.result is not None:
        raise RuleBroken("现在没有将要进行的口头审理", field="reason")
    _refuse_late_wish(acting, row, "reason")
    row.reschedules = [*row.reschedules, {"party": party.name, "why": answers["reason"]}]
    acting.record(RescheduleAsked(place=row.place, party=party.name, why=answers["reason"]))
    papers.receive(acting, "hearing_attachment", answers.get("files") or [], party=party)
    return None


def _refuse_late_wish(acting: Acting, row: Hearing, field: str) -> None:
    """Another day is asked for three days before the hearing (guide 2019, form: notice of hearing; TL15)."""
    last = clocks.due_of(acting, "hearing.reschedule", start=row.at.astimezone(clock.ZONE).date())
    if acting.today > last:
        raise RuleBroken("申请改期应当至少在口头审理 3 日前（至 %(last)s）提出", field=field, last=last)


@step("hold_hearing")
def hold_hearing(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the hearing. Who stays away without a good reason: the requester has withdrawn, the respondent is not waited for."""
    row = hearings.last(acting.session, acting.case)
    if row is None:
        raise NotFound("hearing")
    result = HearingResult(answers["result"])
    if result is HearingResult.PUT_OFF:
        return _put_off(acting, row, answers["reason"])
    if clock.now() < row.at:
        raise RuleBroken(
            "口头审理定于 %(at)s，还没有开始；需要改期的，请选择“没有召开，改期另行安排”",
            field="result",
            at=row.at.astimezone(clock.ZONE),
        )
    absence.refuse_at_rest(acting, row)
    attended = list(answers["attended"])
    if result in absence.SIDES and answers.get("justified"):
        return _put_off(acting, row, "缺席有正当理由", attended)
    absence.refuse_wrong(acting, row, result, attended)
    row.result, row.attended = result.value, attended
    row.present = _present(answers.get("people") or [], attended)
    row.ended = datetime.fromisoformat(answers["ended"])
    if row.ended < row.at:
        raise RuleBroken("结束时间不能早于开始时间", field="ended")
    row.script = [{"heading": HEADINGS[e["part"]], "text": e.get("text") or ""} for e in answers.get("script") or []]
    acting.record(HearingHeld(place=row.place, result=result.label))
    transcript.make(acting, row)
    if result is HearingResult.AGAIN:
        return {"heard": "again"}
    if result is HearingResult.REQUESTER_ABSENT:
        propose(acting, "absence", "请求人无正当理由不参加口头审理")
        return {"heard": "requester_absent"}
    return {"heard": "heard"}


def _present(people: list[dict[str, Any]], attended: list[int]) -> list[dict[str, Any]]:
    """Return the people who were there, each for a party that was there."""
    for place, one in enumerate(people):
        if one["party"] not in attended:
            raise RuleBroken("这一方没有勾选为到场，请核对", field=f"people-{place}-party")
    return [{name: one[name] for name in ("party", "name", "capacity")} for one in people]


def _put_off(acting: Acting, row: Hearing, reason: str, attended: list[int] | None = None) -> Data:
    row.result, row.attended = HearingResult.PUT_OFF.value, attended or []
    acting.record(HearingPutOff(place=row.place, reason=reason))
    notifications.hearing_put_off(acting.session, acting.case, row, reason)
    return {"heard": "again"}
