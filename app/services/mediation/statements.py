"""What the respondents answer, and what follows when nobody does (order 81, arts. 65 and 66)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.domain.errors import RuleBroken
from app.domain.events import DocketingRefused, StatementGiven, StatementRegistered, StatementsClosed
from app.domain.mediation import Stance
from app.models import Deadline, Party, Task
from app.services import clocks, lapses, papers, parties, pauses
from app.services.acting import Acting, Answers, Data, act, asked, lapse, operation, step
from app.services.mediation import sides

# What the office asks of itself on the fast track once a request is accepted.
FAST = ("fast.contact", "fast.first_session", "fast.finish")


@asked("mediation")
def is_asked(acting: Acting, key: str, party: Party) -> bool:
    """A statement is asked of whom the request has reached; everything else of who takes part."""
    if key == "statement":
        return party.stance != Stance.UNREACHABLE and acting.milestone_of("request_served", party) is not None
    return party.takes_part


@step("statement")
def statement(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Take a respondent's statement; the case goes on when the last of those served has answered or is out of time."""
    party = task.party
    assert party is not None
    stance = Stance(answers["stance"])
    received = date.fromisoformat(answers["received_on"]) if answers.get("received_on") else acting.today
    served = acting.milestone_of("request_served", party)
    if served is not None and received < served:
        raise RuleBroken("收到日期不能早于请求书送达日期 %(on)s", field="received_on", on=served)
    lapses.refuse_paper_out_of_time(acting, task, received)
    acting.record(StatementGiven(party=party.name, stance=stance.label))
    _take(acting, party, answers, received)
    clocks.end(acting, "mediation.statement", party=party, met=True)
    return close(acting) if all_in(acting) else None


def _take(acting: Acting, party: Party, answers: Answers, received: date) -> None:
    """Keep what a respondent says, with its paper (D42) and what came with it."""
    party.stance = answers["stance"]
    party.e_service_consent = bool(answers.get("e_service"))
    party.own_words = party.own_words or party.organization.verified
    acting.milestone("statement_received", received, party)
    papers.issue(
        acting,
        "statement_of_opinion",
        stance=answers["stance"],
        opinion=answers.get("opinion") or "",
        party=party.name,
        received_on=received.isoformat(),
    )
    papers.receive(acting, "statement_attachment", answers.get("files") or [], party=party)
    if party.stance == Stance.CONSENTS:
        party.left_at = None
    else:
        sides.leaves(party, Stance.DECLINES)


def all_in(acting: Acting) -> bool:
    """Say whether nobody's statement is waited for any longer."""
    return all(p.stance is not None for p in parties.respondents(acting))


def close(acting: Acting) -> Data:
    """Count who consents; the waiting is over, and where somebody does the internal clocks run again."""
    asked_of = parties.respondents(acting)
    consenting = [p for p in asked_of if p.stance == Stance.CONSENTS]
    silent = [p for p in asked_of if p.stance == Stance.SILENT]
    acting.record(StatementsClosed(consenting=len(consenting), silent=parties.names(silent)))
    if not consenting:  # nobody is left to bring together: the case can only be refused
        for rule in FAST:
            clocks.end(acting, rule, met=False)
    pauses.resume(acting, "service")
    acting.milestone("consent_received" if consenting else "statements_closed", _last_day(acting, asked_of))
    return {"consenting": len(consenting)}


def _last_day(acting: Acting, asked_of: list[Party]) -> date:
    """Return the day on which the last statement came in, the last period ran out, or the last service was given up."""
    ran_out = dict(
        acting.session.execute(
            select(Deadline.party_id, Deadline.due_on).where(
                Deadline.case_id == acting.case.id, Deadline.rule == "mediation.statement", Deadline.state == "lapsed"
            )
        ).all()
    )
    days = [
        acting.milestone_of("statement_received", p) or ran_out.get(p.id) or acting.milestone_of("service_given_up", p)
        for p in asked_of
    ]
    return max((d for d in days if d is not None), default=acting.today)


@lapse("mediation.statement")
def statement_lapsed(acting: Acting, deadline: Deadline) -> bool:
    """A respondent who has not answered when the period ends is silent; others may still have to be served or to answer."""
    if deadline.party is not None and deadline.party.stance is None:
        sides.leaves(deadline.party, Stance.SILENT)
    return all_in(acting)


@operation("close_statements")
def close_statements(acting: Acting) -> Data:
    """The last statement period has run out: whoever did not answer is silent (order 81, art. 66)."""
    for party in parties.respondents(acting):
        if party.stance is None:
            sides.leaves(party, Stance.SILENT)
    return close(acting)


@act("register_statement")
def register_statement(acting: Acting, answers: Answers) -> Data | None:
    """Enter a statement that the office had received in time and found only after the period had run out.

    While nothing is docketed or refused yet, one that consents brings the case to docketing.
    """
    party = parties.party_in(acting, answers["party"])
    received, stance = date.fromisoformat(answers["received_on"]), Stance(answers["stance"])
    period = acting.session.scalar(
        select(Deadline).where(
            Deadline.case_id == acting.case.id,
            Deadline.rule == "mediation.statement",
            Deadline.party_id == party.id,
            Deadline.state == "lapsed",
        )
    )
    if period is None or party.stance != Stance.SILENT:
        raise RuleBroken("只能为期满未答复的被请求人补登意见陈述", field="party")
    if not period.start_on <= received <= period.due_on:
        raise RuleBroken(
            "收到日期应当在 %(first)s 至 %(last)s 之间，逾期收到的不能补登",
            field="received_on",
            first=period.start_on.isoformat(),
            last=period.due_on.isoformat(),
        )
    period.state = "met"
    acting.record(StatementRegistered(party=party.name, stance=stance.label, on=received, reason=answers["reason"]))
    _take(acting, party, answers, received)
    if stance != Stance.CONSENTS:
        return None
    acting.milestone("consent_received", received)
    for rule in FAST:
        clocks.start(acting, rule)
    return {"consenting": sum(p.stance == Stance.CONSENTS for p in parties.respondents(acting))}


@step("refuse_docketing")
def refuse_docketing(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Tell the requester that the mediation is not docketed, and why (order 81, art. 66)."""
    stances = {p.stance for p in parties.respondents(acting)}
    if stances == {Stance.UNREACHABLE}:
        reason = "请求书副本无法送达被请求人"
    elif stances <= {Stance.SILENT, Stance.UNREACHABLE}:
        reason = "被请求人逾期未提交意见陈述书"
    else:
        reason = "被请求人不同意调解"
    explanation = answers.get("explanation") or ""
    acting.record(DocketingRefused(reason=reason))
    papers.issue(
        acting, "mediation_refusal_notice", to=parties.requesters(acting), reason=reason, explanation=explanation
    )
    return {}
