"""What holds of every request that somebody step aside, whichever process it is made in (order 81, art. 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from app import clock
from app.domain import deadlines, statute
from app.domain.disputes import RecusalGround
from app.domain.errors import RuleBroken
from app.domain.events import RecusalDecided, RecusalRequested, TaskReleased
from app.domain.roles import SEATED
from app.models import Party, Recusal
from app.services import clocks, papers
from app.services.acting import Acting, Answers


def refuse_late(acting: Acting, party: Party, known_on: date | None) -> None:
    """Refuse a request after three working days from the notice that names the officials (TL10; order 81, art. 5).

    Who learned of the ground only later may still ask; where the notice was not served on the
    party, or under the text of 2015, no period runs.
    """
    rule = statute.rule("recusal.request").term(deadlines.Regime(acting.case.regime))
    listed = acting.milestone_of("list_known", party)
    if listed is None or rule.length is None:
        return
    due = clocks.due_of(acting, "recusal.request", start=listed)
    if acting.today > due and (known_on is None or known_on <= due):
        raise RuleBroken(
            "应当自知道办案人员名单之日起 3 个工作日内（至 %(due)s）提出；之后才知道事由的，请填写知道的日期",
            field="known_on",
            due=due,
        )


def ask(acting: Acting, row: Recusal, party: Party | None, answers: Answers, *, field: str) -> None:
    """Keep the request of ``party`` (or of the official who acts) that the person in ``row`` step aside.

    A decision against it may be reviewed once on request of the same party (2019 guide, ch. 1 s. 2(2)); raises
    ``RuleBroken`` beside ``field`` for a third request.
    """
    assert acting.by is not None
    earlier = _in_vain(acting, row, party)
    if earlier >= 2:
        raise RuleBroken("对%(name)s的回避申请已经复议，不能再次提出", field=field, name=row.name)
    row.case_id, row.party_id = acting.case.id, party.id if party else None
    row.reason = f"{RecusalGround(answers['ground']).label}：{answers['reason']}"
    row.requested_on, row.review = acting.today, earlier == 1
    acting.session.add(row)
    acting.case.recusal_pending = True
    for seat in (s for s in acting.case.staff if s.until is None):
        seat.resting = seat.resting or seat.user_id == row.user_id
    asked_by = party.name if party else acting.by.name
    acting.record(RecusalRequested(party=asked_by, official=row.name, reason=row.reason, review=row.review))
    papers.issue(acting, "recusal_application", applicant=asked_by, official=row.name, reason=row.reason)


def _in_vain(acting: Acting, row: Recusal, party: Party | None) -> int:
    """Return how often this party has already asked that the same person step aside, in vain."""
    asked = select(func.count()).select_from(Recusal)
    mine = Recusal.party_id == party.id if party is not None else Recusal.party_id.is_(None)
    same = Recusal.user_id == row.user_id if row.user_id is not None else Recusal.person == row.person
    rejected = asked.where(Recusal.case_id == acting.case.id, same, mine, Recusal.decision == "rejected")
    return acting.session.scalar(rejected) or 0


def decide(acting: Acting, row: Recusal, answers: Answers, *, to: Iterable[Party], field: str) -> bool:
    """Keep the decision on one request, tell the parties, and say whether the person has to step aside."""
    assert acting.by is not None
    if row.user_id == acting.by.id:
        raise RuleBroken("不能对本人的回避作出决定", field=field)
    row.decision, row.decision_reason = answers["decision"], answers["reason"]
    row.decided_on, row.decided_by_id = acting.today, acting.by.id
    upheld = row.decision == "upheld"
    told = "回避成立" if upheld else "回避不成立"
    acting.record(RecusalDecided(official=row.name, decision=told, reason=answers["reason"]))
    papers.issue(
        acting,
        "recusal_decision",
        to=to,
        applicant=row.party.name if row.party else row.name,
        own_request=row.party is None,
        applicant_party=papers.facts_of(row.party) if row.party else None,
        official=row.name,
        requested_on=row.requested_on.isoformat(),
        upheld=upheld,
        review=row.review,
        reason=answers["reason"],
    )
    if upheld:
        _give_back(acting, row)
    return upheld


def _give_back(acting: Acting, row: Recusal) -> None:
    """Put what the person had taken out of a queue back into it; who holds the case is followed by whoever comes."""
    for task in acting.case.open_tasks:
        goes_with_the_case = task.role in SEATED or task.seat_id is not None
        if task.assignee_id is not None and task.assignee_id == row.user_id and not goes_with_the_case:
            task.assignee_id, task.announce_at = None, clock.now()
            acting.record(TaskReleased(task=task.title, reason="回避"))
