"""After the decision: its service, performance, exhortation, the court (order 81, art. 80; Administrative Compulsion Law)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.domain.adjudication import CourtExecution, Execution, Finding, SuitResult, is_published
from app.domain.errors import RuleBroken
from app.domain.events import (
    DecisionServed,
    EnforcementApplied,
    EnforcementRecorded,
    EnforcementRequested,
    ExecutionFound,
    ExhortationServed,
)
from app.domain.periods import Regime
from app.domain.roles import PartyRole
from app.models import Deadline, Decision, Document, Party, Suit, Task
from app.queries import publications
from app.services import clocks, papers, parties
from app.services.acting import Acting, Answers, Data, act, after_service, lapse, step
from app.services.adjudication import current
from app.services.adjudication.answers import serve
from app.services.adjudication.cancellation import is_own, speaking

SUE, EXHORT, APPLY, HOLDER = (
    "adjudication.sue",
    "enforcement.exhortation",
    "enforcement.apply",
    "enforcement.right_holder",
)


def issued(acting: Acting) -> Decision:
    """Return the draft that was issued."""
    rows = select(Decision).where(Decision.case_id == acting.case.id, Decision.issued_on.is_not(None))
    return acting.session.scalars(rows.order_by(Decision.place.desc()).limit(1)).one()


def of_decision(acting: Acting) -> dict[str, Any]:
    """Return the number and the day of the decision, as later papers quote it: a corrected copy decides nothing anew."""
    document = acting.session.get_one(Document, issued(acting).document_id)
    return {"decision_number": document.number or "", "decision_on": document.made_on.isoformat()}


@after_service("adjudication_decision")
def suing_runs(acting: Acting, _document: Document, party: Party, _on: date) -> None:
    """Each party may sue within fifteen days of its own receipt; suing does not stay the decision (TL19)."""
    if all(d.party_id != party.id for d in acting.deadlines if d.rule == SUE):
        clocks.start(acting, SUE, party=party)


@lapse(SUE)
def suing_lapsed(acting: Acting, deadline: Deadline) -> bool:
    """From the end of the respondent's time the office has three months to apply to the court (TL22)."""
    party = deadline.party
    if party is not None and party.role == PartyRole.RESPONDENT:
        _performance_due(acting, party, deadline.due_on)
    served = {d.party_id for d in acting.deadlines if d.rule == SUE}
    return all(p.id in served for p in acting.case.parties if p.takes_part)


def _performance_due(acting: Acting, party: Party, sued_until: date) -> None:
    draft, received = issued(acting), acting.milestone_of("decision_served", party)
    if draft.finding == Finding.NOT_INFRINGED:
        return
    days = draft.perform_days or 0
    until = max(sued_until, _last_day(acting, received, days)) if received else sued_until
    acting.milestone("performance_due", until)
    if not _is_settled(acting):
        clocks.start(acting, APPLY)


def _last_day(acting: Acting, received: date, days: int) -> date:
    """Return the last day of so many days from a receipt; one that is off gives way to the next working day."""
    return acting.calendar.on_or_after(received + timedelta(days=days)) if days else received


def _is_settled(acting: Acting) -> bool:
    """Say whether the decision is performed, or the court has been asked."""
    last = current.answered_before(acting, "apply_enforcement") or current.answered_before(acting, "check_performance")
    return last.get("performance") in (Execution.PERFORMED, Execution.APPLIED, Execution.NOT_APPLIED)


@step("serve_decision")
def serve_decision(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the service of the decision; when it has reached everybody, what follows it begins."""
    draft = issued(acting)
    data: Data = {
        "publishes": is_published(Regime(acting.case.regime), draft.finding),
        "orders": draft.finding != Finding.NOT_INFRINGED,
    }
    if not serve(acting, "adjudication_decision", answers, [p for p in acting.case.parties if p.takes_part]):
        return {"served": "again", **data}
    acting.record(DecisionServed())
    if not any(d.rule == SUE for d in clocks.open_ones(acting)):
        acting.over.append(SUE)  # what was served long ago may be sued against no longer
    return {"served": "served", **data}


@step("check_performance")
def check_performance(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Note what was found; who has not performed is exhorted (D39)."""
    finding = _found(acting, answers)
    if finding is Execution.EXHORT:
        _refuse_early(acting)
        _refuse_stayed(acting)
        papers.issue(
            acting,
            "exhortation_letter",
            to=parties.respondents(acting),
            **of_decision(acting),
            obligations=list(answers["obligations"]),
            perform_within=clocks.length_of(acting, EXHORT),
            how="停止侵权行为，并向本局书面报告履行情况。",
        )
    return {"performance": finding.value}


def _refuse_early(acting: Acting) -> None:
    """Who is exhorted has let the time that the decision gives pass (Administrative Compulsion Law, arts. 53 and 54)."""
    days = issued(acting).perform_days
    for party in parties.respondents(acting):
        received = acting.milestone_of("decision_served", party)
        if not days or received is None:
            continue  # it is performed at once
        until = _last_day(acting, received, days)
        if acting.today <= until:
            raise RuleBroken(
                "%(name)s的履行期限到%(until)s止，届满后才能催告", field="performance", name=party.name, until=until
            )


def _suit(acting: Acting, *results: SuitResult) -> bool:
    rows = select(Suit.id).where(Suit.case_id == acting.case.id, Suit.result.in_(results))
    return acting.session.scalar(rows.limit(1)) is not None


def _refuse_stayed(acting: Acting) -> None:
    if _suit(acting, SuitResult.STAYED):
        raise RuleBroken("法院已经裁定停止执行裁决，不能催告或者申请执行", field="performance")


def _found(acting: Acting, answers: Answers) -> Execution:
    finding, on = Execution(answers["performance"]), date.fromisoformat(answers["on"])
    issued_on = issued(acting).issued_on
    if on > acting.today:
        raise RuleBroken("查明日期不能晚于今天", field="on")
    if issued_on is not None and on < issued_on:
        raise RuleBroken("查明日期不能早于裁决日期 %(day)s", field="on", day=issued_on)
    overturned = publications.is_overturned(acting.session, acting.case)
    if finding is Execution.REVOKED and not overturned:
        raise RuleBroken("没有登记法院撤销裁决的判决；请先登记行政诉讼的结果", field="performance")
    if overturned and finding is not Execution.REVOKED:
        raise RuleBroken("裁决已被法院撤销，不再核查履行", field="performance")
    acting.record(ExecutionFound(finding=finding.label, on=on))
    acting.remark(answers["detail"])
    papers.receive(acting, "performance_proof", answers.get("files") or [])
    if finding is Execution.PERFORMED:
        clocks.end(acting, APPLY, met=True)
    return finding


@act("request_enforcement")
def request_enforcement(acting: Acting, answers: Answers) -> Data | None:
    """Ask the office to have the decision enforced by the court (D40), when the time to perform it is over."""
    party = speaking(acting, answers, PartyRole.REQUESTER)
    signed = papers.receive(acting, "enforcement_attachment", answers.get("files") or [], party=party)
    if not signed and not is_own(acting, party):
        raise RuleBroken("代当事人登记的，请上传当事人签章的材料", field="files")
    if publications.is_overturned(acting.session, acting.case):
        raise RuleBroken("裁决已被法院撤销，不能请求强制执行", field="reason")
    due = acting.milestone_of("performance_due")
    if due is None or acting.today <= due:
        raise RuleBroken("履行期限或者起诉期限届满后，才能请求申请强制执行", field="reason")
    served = acting.milestone_of("decision_served", parties.respondents(acting)[0])
    papers.issue(
        acting,
        "enforcement_request",
        **of_decision(acting),
        served_on=served.isoformat() if served else "",
        reason=answers["reason"],
    )
    acting.record(EnforcementRequested(party=party.name, reason=answers["reason"]))
    return None


@after_service("exhortation_letter")
def exhorting_runs(acting: Acting, _document: Document, party: Party, _on: date) -> None:
    """Ten working days from its service the court may be asked (TL23)."""
    clocks.start(acting, EXHORT, party=party)


@lapse(EXHORT)
def exhorting_lapsed(_acting: Acting, _deadline: Deadline) -> bool:
    """The time after the exhortation is over: the office looks again."""
    return True


@step("serve_exhortation")
def serve_exhortation(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the service of the exhortation."""
    if not serve(acting, "exhortation_letter", answers, parties.respondents(acting)):
        return {"served": "again"}
    acting.record(ExhortationServed())
    if not any(d.rule == EXHORT for d in clocks.open_ones(acting)):
        acting.over.append(EXHORT)
    return {"served": "served"}


@step("apply_enforcement")
def apply_enforcement(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Apply to the court within three months (D40), or leave it to the right holder, who then has six (TL22)."""
    finding = _found(acting, answers)
    if finding is Execution.APPLIED:
        _apply(acting, answers["court"])
    if finding is Execution.NOT_APPLIED:
        period = next((d for d in clocks.open_ones(acting) if d.rule == APPLY), None)
        if period is None:
            raise RuleBroken("履行期限或者起诉期限届满后，才能决定不申请强制执行", field="performance")
        clocks.end(acting, APPLY, met=False)
        acting.milestone("office_term_ended", period.due_on)
        clocks.start(acting, HOLDER)
    return {"performance": finding.value}


def _apply(acting: Acting, court: str) -> None:
    _refuse_stayed(acting)
    due = acting.milestone_of("performance_due")
    if due is None or acting.today <= due:
        raise RuleBroken("履行期限或者起诉期限届满后，才能申请人民法院强制执行", field="performance")
    last = clocks.due_of(acting, APPLY, start=due)
    if acting.today > last:
        raise RuleBroken("申请强制执行的期限已于%(last)s届满", field="performance", last=last)
    respondent = parties.respondents(acting)[0]
    served = acting.milestone_of("decision_served", respondent)
    exhorted = acting.milestone_of("exhortation_served", respondent)
    suit = select(Suit.filed_on).where(Suit.case_id == acting.case.id, Suit.party_id == respondent.id)
    filed_on = acting.session.scalar(suit.where(Suit.result != SuitResult.WITHDRAWN).limit(1))
    until = next((d.due_on for d in acting.deadlines if d.rule == SUE and d.party_id == respondent.id), date.max)
    sued = filed_on is not None and filed_on <= until  # a suit that came too late is none
    exhortation = papers.latest(acting.session, acting.case, "exhortation_letter")
    assert exhortation is not None
    papers.issue(
        acting,
        "enforcement_application",
        seen_by="office",
        court=court,
        **of_decision(acting),
        served_on=served.isoformat() if served else "",
        exhorted_on=exhorted.isoformat() if exhorted else "",
        sued=sued,
        obligations=papers.facts_behind(acting.session, exhortation)["obligations"],
    )
    clocks.end(acting, APPLY, met=True)
    acting.record(EnforcementApplied(court=court))


@step("record_enforcement")
def record_enforcement(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record what the court made of the application, and what was done on the spot (D41)."""
    result, on = CourtExecution(answers["result"]), date.fromisoformat(answers["on"])
    if on > acting.today:
        raise RuleBroken("日期不能晚于今天", field="on")
    application = papers.latest(acting.session, acting.case, "enforcement_application")
    if application is not None and on < application.made_on:
        raise RuleBroken("日期不能早于申请强制执行的日期 %(day)s", field="on", day=application.made_on)
    if result is CourtExecution.ENFORCED and publications.is_overturned(acting.session, acting.case):
        raise RuleBroken("裁决已被法院撤销，不会再执行；请选择法院不予执行或者撤回申请", field="result")
    acting.record(EnforcementRecorded(result=result.label, on=on))
    papers.receive(acting, "court_ruling", answers.get("files") or [])
    if result is CourtExecution.ENFORCED:
        if len(answers["people"]) < 2:
            raise RuleBroken("执行的现场监督应当有两名以上办案人员在场", field="people")
        papers.issue(
            acting,
            "enforcement_record",
            at=on.isoformat(),
            venue=answers["venue"],
            people=list(answers["people"]),
            record=answers["record"],
        )
    else:
        acting.remark(answers["record"])
    return {"performance": result.value}
