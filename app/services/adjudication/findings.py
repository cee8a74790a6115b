"""The trial in writing: what is about to be found is told before the decision, and may be commented on (guide 2019)."""

from __future__ import annotations

from datetime import date

from app.domain.events import CommentsClosed, FindingsCommented, FindingsNotified
from app.models import Deadline, Document, Party, Task
from app.services import clocks, lapses, papers, stepping
from app.services.acting import Acting, Answers, Data, after_service, lapse, operation, step

RULE = "adjudication.comment"
STEP = "comment_findings"


@step("notify_findings")
def notify_findings(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Issue the notice of what is about to be found, with the days to comment."""
    days = int(answers["days"])
    acting.lengths[RULE] = days
    acting.record(FindingsNotified(days=days))
    papers.issue(
        acting,
        "pre_decision_notice",
        to=[p for p in acting.case.parties if p.takes_part],
        facts=answers["facts"],
        reasons=answers["reasons"],
        basis=answers["basis_text"],
        days=days,
    )
    return {}


@after_service("pre_decision_notice")
def commenting_runs(acting: Acting, document: Document, party: Party, on: date) -> None:
    """The days run for each party from the day on which the notice reached it."""
    days = int(papers.facts_behind(acting.session, document)["days"])
    clocks.run_from_service(acting, RULE, STEP, party, on, days)


@step(STEP)
def comment_findings(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Take a party's comment; the trial is over when nobody is waited for any more."""
    party = task.party
    assert party is not None
    received = date.fromisoformat(answers["received_on"]) if answers.get("received_on") else acting.today
    lapses.refuse_paper_out_of_time(acting, task, received)
    acting.record(FindingsCommented(party=party.name))
    papers.issue(acting, "pre_decision_comment", party=party.name, comment=answers["comment"])
    papers.receive(acting, "comment_attachment", answers.get("files") or [], party=party)
    clocks.end(acting, RULE, party=party, met=True)
    if stepping.others_asked(acting, STEP, than=party):
        return None
    acting.record(CommentsClosed())
    return {}


@lapse(RULE)
def commenting_lapsed(acting: Acting, deadline: Deadline) -> bool:
    """No comment does not hold the decision up; who has not been told yet is still waited for."""
    assert deadline.party is not None
    return not stepping.others_asked(acting, STEP, than=deadline.party)


@operation("close_comments")
def close_comments(acting: Acting) -> Data:
    """The days to comment are over for everybody."""
    acting.record(CommentsClosed())
    return {}
