"""Deliberation: each member's vote and opinion, the majority, the dissent kept; read by the panel alone (order 81, art. 25)."""

from __future__ import annotations

from sqlalchemy import select

from app import clock
from app.domain.adjudication import Finding
from app.domain.errors import RuleBroken
from app.domain.events import DeliberationConcluded, OpinionGiven
from app.domain.roles import Role
from app.models import Deliberation, Opinion, Task, User
from app.queries import deliberations
from app.services import papers
from app.services.acting import Acting, Answers, Data, step
from app.services.adjudication import current

NO_MAJORITY = "没有形成多数意见，再次合议"


@step("deliberate")
def deliberate(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Keep a member's vote; the case goes on when every member has voted."""
    assert acting.by is not None
    member = next((s.user for s in acting.case.seats(Role.ADJUDICATOR) if s.id == task.seat_id), None)
    if member is None or member.id != acting.by.id:
        raise RuleBroken("合议的意见只能由合议组成员本人提交", field="vote")
    rank = deliberations.current_round(acting.session, acting.case)
    _vote(acting, member, rank, answers)
    acting.record(OpinionGiven(member=member.name, round=rank))
    return None if _is_waited_for(acting, task) else {"concluded": "voted"}


def _is_waited_for(acting: Acting, task: Task) -> bool:
    """Say whether another member is still to vote in this step."""
    acting.session.flush()  # this one has
    others = select(Task.id).where(
        Task.case_id == acting.case.id, Task.engine_id == task.engine_id, Task.state == "open"
    )
    return acting.session.scalar(others.limit(1)) is not None


def _vote(acting: Acting, member: User, rank: int, answers: Answers) -> None:
    """Keep the vote; of one who left the panel and came back within the round the last one counts."""
    given = deliberations.opinions(acting.session, acting.case, rank)
    row = next((o for o in given if o.user_id == member.id), None)
    if row is None:
        row = Opinion(case_id=acting.case.id, round=rank, user_id=member.id)
        acting.session.add(row)
    row.vote, row.text, row.at = answers["vote"], answers["text"], clock.now()


@step("conclude_deliberation")
def conclude_deliberation(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Conclude with the majority and make the record (D27), or deliberate once more."""
    rank = deliberations.current_round(acting.session, acting.case)
    votes = deliberations.opinions(acting.session, acting.case, rank)
    sitting = {s.user_id for s in acting.case.seats(Role.ADJUDICATOR)}
    again = answers["concluded"] == "again"
    if not again and sitting - {o.user_id for o in votes}:  # a newcomer votes in the next round
        raise RuleBroken("还有合议组成员没有表决", field="concluded")
    if acting.case.recusal_pending:
        raise RuleBroken("对合议组成员的回避申请尚未处理完毕，暂不能形成合议意见", field="concluded")
    majority = deliberations.majority(o for o in votes if o.user_id in sitting)
    if majority is None and not again:
        raise RuleBroken("没有过半数的一致意见，请再次合议", field="concluded")
    finding = None if again else majority
    acting.session.add(Deliberation(case_id=acting.case.id, round=rank, finding=finding, concluded_at=clock.now()))
    acting.record(DeliberationConcluded(round=rank, finding=Finding(finding).label if finding else None))
    _record(acting, votes, majority, again=again, note=answers.get("note") or "")
    return {"concluded": "again" if again else "majority"}


def _record(acting: Acting, votes: list[Opinion], majority: str | None, *, again: bool, note: str) -> None:
    """Make the record of the deliberation; it belongs to the secondary volume and nobody outside the panel reads it."""
    chair = acting.case.staff_in(Role.ADJUDICATOR)
    row = current.adjudication(acting)
    papers.issue(
        acting,
        "deliberation_record",
        seen_by="panel",
        held_on=acting.today.isoformat(),
        members=[s.user.name for s in acting.case.seats(Role.ADJUDICATOR)],
        recorder=row.recorder.name if row.recorder else "",
        opinions=[
            {
                "name": o.user.name,
                "presides": bool(chair and chair.user_id == o.user_id),
                "vote": Finding(o.vote).label,
                "opinion": o.text,
            }
            for o in votes
        ],
        majority=Finding(majority).label if majority and not again else NO_MAJORITY,
        dissent=[o.user.name for o in votes if majority and o.vote != majority],
        note=note,
    )
