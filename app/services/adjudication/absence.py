"""Who was not at a hearing, and what may follow from it: nobody is passed over who came or was not told (art. 26)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import undefer

from app import clock
from app.domain.adjudication import HearingResult
from app.domain.errors import RuleBroken
from app.domain.roles import PartyRole, Role
from app.domain.texts import Text
from app.models import Document, Hearing
from app.services import clocks
from app.services.acting import Acting
from app.services.adjudication import current

SIDES = {HearingResult.REQUESTER_ABSENT: PartyRole.REQUESTER, HearingResult.HEARD_BY_DEFAULT: PartyRole.RESPONDENT}


def refuse_at_rest(acting: Acting, row: Hearing) -> None:
    """No hearing was held while the case stood still, or while it is open whether a member has to step aside."""
    day = row.at.astimezone(clock.ZONE).date()
    if any(p.kind == "suspension" and p.first <= day and (p.last is None or day <= p.last) for p in acting.pauses):
        raise RuleBroken("定于%(day)s的口头审理在中止期间，没有举行，请改期另行安排", field="result", day=day)
    if any(s.resting for s in acting.case.seats(Role.ADJUDICATOR)):
        raise RuleBroken("对合议组成员的回避申请还没有决定，请改期另行安排，或者决定后再登记", field="result")


def refuse_wrong(acting: Acting, row: Hearing, result: HearingResult, attended: list[int]) -> None:
    """Raise ``RuleBroken`` where the result does not fit who was there, or who had been told in time."""
    if result is HearingResult.HEARD_BY_DEFAULT:
        _refuse_empty_room(acting, attended)
    if result in SIDES:
        _refuse_untold(acting, row, SIDES[result], attended)
    if result is HearingResult.HEARD:
        for side in SIDES.values():
            _refuse_heard_alone(acting, row, side, attended)


def _refuse_empty_room(acting: Acting, attended: list[int]) -> None:
    """The respondent's absence is no hearing where the requester stayed away too."""
    if not any(p.role == PartyRole.REQUESTER and p.id in attended for p in acting.case.parties):
        raise RuleBroken("被请求人缺席审理的，请求人应当到场；请求人也没有到场的，请选择其他结果", field="attended")


def _refuse_heard_alone(acting: Acting, row: Hearing, side: PartyRole, attended: list[int]) -> None:
    """A side that was not there was told of the hearing in time, and what follows from its absence is said."""
    if any(p.role == side and p.id in attended for p in acting.case.parties):
        return
    _refuse_untold(acting, row, side, attended)
    raise RuleBroken("%(side)s没有到场，请选择缺席的结果，或者改期另行安排", field="result", side=side.label)


def _refuse_untold(acting: Acting, row: Hearing, away: PartyRole, attended: list[int]) -> None:
    """Nobody is absent without good reason who came, or whom the notice had not reached in time (order 81, art. 26)."""
    if seen := [p.name for p in acting.case.parties if p.role == away and p.id in attended]:
        raise RuleBroken("按缺席处理的一方不能同时有人到场：%(names)s", field="attended", names=seen)
    notices = _notices(acting, row)
    variant = "major" if current.adjudication(acting).major else None
    last = clocks.due_of(acting, "hearing.notice", start=row.at.astimezone(clock.ZONE).date(), variant=variant)
    told = {a.party_id for n in notices for a in n.addressees if a.served_on is not None and a.served_on <= last}
    absent = [p for p in acting.case.parties if p.role == away and p.takes_part]
    if untold := [p.name for p in absent if p.id not in told]:
        raise RuleBroken(
            "没有《%(title)s》在%(last)s以前送达%(names)s的登记，不能按缺席处理；已经送达的请先登记送达，否则请选择改期",
            field="result",
            title=Text(notices[0].title, notices[0].title_en or notices[0].title),
            last=last,
            names=untold,
        )


def _notices(acting: Acting, row: Hearing) -> list[Document]:
    """Return the notices of this hearing: to everybody, and to those who joined later."""
    rows = select(Document).where(Document.case_id == acting.case.id, Document.kind == "hearing_notice")
    found = acting.session.scalars(rows.options(undefer(Document.facts)).order_by(Document.place))
    return [d for d in found if d.facts is not None and d.facts["place"] == row.place]
