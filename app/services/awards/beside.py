"""Beside the main line of an application: withdrawing it, and asking that a reviewer step aside."""

from __future__ import annotations

from app.domain.awards import applications
from app.domain.errors import RuleBroken
from app.domain.events import ApplicationWithdrawn, RecusalFollowed
from app.domain.roles import Role
from app.models import CaseStaff, Party, Recusal, Task
from app.policy import staying
from app.queries.recusals import pending
from app.services import papers, pauses, recusing
from app.services.acting import Acting, Answers, Data, act, ending, step
from app.services.awards import current, grants, reviewing


@act("withdraw_application")
def withdraw_application(acting: Acting, answers: Answers) -> Data:
    """Withdraw the application; what it held of cap and budget is free again."""
    papers.receive(acting, "award_evidence", answers.get("files") or [], title="撤回申请")
    acting.record(ApplicationWithdrawn(reason=answers["reason"]))
    return {}


@ending(applications.PROCESS)
def let_go(acting: Acting) -> None:
    """Take an application that has ended early out of the batch in which it stands."""
    grants.drop_open(acting, "案件已经结束")


@act("recuse_reviewer")
def recuse_reviewer(acting: Acting, answers: Answers) -> Data:
    """Ask that a reviewer or expert step aside; until it is decided they rest."""
    assert acting.by is not None
    seat = _seat(acting, answers["seat"])
    party: Party | None = next(iter(staying(acting.by, acting.case)), None)
    if party is None and seat.user_id != acting.by.id:
        party = current.applicant(acting)  # an official enters what the applicant asked for
    recusing.ask(acting, Recusal(user=seat.user, user_id=seat.user_id), party, answers, field="seat")
    acting.milestone("recusal_requested", acting.today)
    papers.receive(acting, "recusal_proof", answers.get("files") or [], party=party)
    pauses.pause(acting, "recusal", "等待回避决定")
    return {}


def _seat(acting: Acting, seat_id: int) -> CaseStaff:
    seats = [*acting.case.seats(Role.REVIEWER), *acting.case.seats(Role.EVALUATOR)]
    found = next((s for s in seats if s.id == seat_id), None)
    if found is None:
        raise RuleBroken("请选择现在的审核人员或者专家", field="seat")
    return found


@step("decide_reviewer_recusal")
def decide_reviewer_recusal(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Decide the request; whoever has to step aside is replaced by lot."""
    row = pending(acting.session, acting.case)
    assert row is not None
    upheld = recusing.decide(acting, row, answers, to=[current.applicant(acting)], field="decision")
    acting.case.recusal_pending = False
    for seat in [s for s in acting.case.staff if s.until is None]:
        seat.resting = False
        if upheld and seat.user_id == row.user_id:
            came = reviewing.replace(acting, seat)
            row.followed = came.name
            acting.record(RecusalFollowed(official=row.name, how=f"由{row.followed}接替"))
    pauses.resume(acting, "recusal")
    return {}
