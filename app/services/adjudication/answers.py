"""Service of the request, the answer and its service on the requester (order 81, art. 22; guide 2019, ch. 2 s. 1(4))."""

from __future__ import annotations

from datetime import date

from app.domain.adjudication import AnswerGround
from app.domain.errors import RuleBroken
from app.domain.events import AnswerGiven, AnswersClosed, AnswerToBeSigned, CaseServed
from app.models import Addressee, Deadline, Document, Party, Task
from app.services import agents, clocks, lapses, papers, parties, serving
from app.services.acting import Acting, Answers, Data, act, after_service, lapse, operation, step
from app.services.adjudication import current, evidence
from app.services.adjudication.docketing import answer_variant

RESIGN, RESIGN_DAYS = "adjudication.resign_answer", 3


def serve(acting: Acting, kind: str, answers: Answers, to: list[Party]) -> bool:
    """Record the attempts to serve the last paper of ``kind`` on ``to``; says whether it has reached all of them."""
    document = papers.latest(acting.session, acting.case, kind)
    if document is None:
        raise RuleBroken("还没有可以送达的文书")
    for n, entry in enumerate(answers["records"]):
        serving.register(acting, document, parties.party_in(acting, entry["party"]), entry, within=f"records-{n}-")
    return not serving.unserved(acting, document, to)


@step("serve_case")
def serve_case(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Serve the request on the respondent; what failed is followed by another way, at last by public notice (art. 10)."""
    if not serve(acting, "answer_notice", answers, parties.respondents(acting)):
        return {"served": "again"}
    if variant := answer_variant(acting):
        acting.variants["adjudication.answer"] = variant
        acting.variants["jurisdiction.objection"] = variant
    acting.record(CaseServed())
    for party in parties.respondents(acting):
        clocks.start(acting, "jurisdiction.objection", party=party)
    return {"served": "served"}


@step("answer")
def answer(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Take the answer with its evidence; an answer that came on paper counts from the day on which it came."""
    party = task.party
    assert party is not None
    received = date.fromisoformat(answers["received_on"]) if answers.get("received_on") else acting.today
    served = acting.milestone_of("request_served", party)
    if served is not None and received < served:
        raise RuleBroken("收到日期不能早于请求书送达日期 %(on)s", field="received_on", on=served)
    lapses.refuse_paper_out_of_time(acting, task, received)
    take(acting, party, answers, received)
    clocks.end(acting, "adjudication.answer", party=party, met=True)
    return {"answer": "given"}


def take(acting: Acting, party: Party, answers: Answers, received: date) -> Document:
    """Keep what a respondent answers: its paper (D11), which is returned, its evidence, its agents."""
    grounds = tuple(AnswerGround(g).label for g in answers["grounds"])
    party.e_service_consent = party.e_service_consent or bool(answers.get("e_service"))
    party.own_words = party.own_words or party.organization.verified
    agents.add(acting, party, answers.get("agents") or [], rows="agents")
    acting.record(AnswerGiven(party=party.name, grounds=grounds, on=received))
    acting.milestone("answer_received", received)
    brief = papers.issue(
        acting,
        "answer_brief",
        party=party.name,
        grounds=list(grounds),
        opinion=answers["opinion"],
        received_on=received.isoformat(),
    )
    papers.receive(acting, "signed_answer", answers.get("files") or [], party=party)
    papers.receive(acting, "identity_proof", answers.get("identity_files") or [], party=party, seen_by="party")
    papers.receive(acting, "invalidation_notice", answers.get("invalidation_files") or [], party=party)
    for entry in answers.get("evidence") or []:
        papers.receive(acting, "evidence", entry.get("files") or [], party=party, title=entry["title"])
    evidence.enter(acting, party, answers.get("evidence") or [], on=received, late=False)
    return brief


@act("register_answer")
def register_answer(acting: Acting, answers: Answers) -> Data | None:
    """Enter an answer that the office had received on paper in time, found when the period had already run out."""
    party = next((p for p in parties.respondents(acting) if _lapsed(acting, p)), None)
    if party is None or current.answer_of(acting.session, acting.case) is not None:
        raise RuleBroken("答辩期限没有届满，或者已经有答辩书，不用补登", field="received_on")
    received = date.fromisoformat(answers["received_on"])
    period, served = _lapsed(acting, party), acting.milestone_of("request_served", party)
    assert period is not None
    if received > period.due_on:
        raise RuleBroken("收到日期晚于期限届满日%(due)s，应按逾期处理", field="received_on", due=period.due_on)
    if served is not None and received < served:
        raise RuleBroken("收到日期不能早于请求书送达日期 %(on)s", field="received_on", on=served)
    _serve_late(acting, take(acting, party, answers, received))
    return None


def _lapsed(acting: Acting, party: Party, rule: str = "adjudication.answer") -> Deadline | None:
    """Return the party's time to answer (or, by its ``rule``, to sign the answer), where it ran out in silence."""
    own = [d for d in acting.deadlines if d.rule == rule and d.party_id == party.id]
    return own[-1] if own and own[-1].state == "lapsed" else None


@act("register_signed_answer")
def register_signed_answer(acting: Acting, answers: Answers) -> Data | None:
    """Enter the signed answer that came on paper in time, found when the answer counted as not handed in already."""
    brief = papers.latest(acting.session, acting.case, "answer_brief")
    party = next((p for p in parties.respondents(acting) if _lapsed(acting, p, RESIGN)), None)
    if brief is None or party is None or current.answer_of(acting.session, acting.case) is not None:
        raise RuleBroken("没有因逾期未签章而视为未提交的答辩书，不用补登", field="received_on")
    received, period = date.fromisoformat(answers["received_on"]), _lapsed(acting, party, RESIGN)
    assert period is not None
    if received > period.due_on:
        raise RuleBroken("收到日期晚于期限届满日%(due)s，应按逾期处理", field="received_on", due=period.due_on)
    if received < period.start_on:
        raise RuleBroken("收到日期不能早于通知重交的日期 %(on)s", field="received_on", on=period.start_on)
    papers.receive(acting, "signed_answer", answers["files"], party=party)
    acting.record(AnswersClosed(answered=True))
    _serve_late(acting, brief)
    return None


def _serve_late(acting: Acting, brief: Document) -> None:
    """Let an answer that was entered after its step go to those who asked, within five working days (TL08)."""
    brief.addressees = [Addressee(party=p, party_id=p.id) for p in parties.requesters(acting)]
    clocks.start(acting, "adjudication.serve_answer")


@after_service("answer_brief")
def answer_served(acting: Acting, document: Document, _party: Party, _on: date) -> None:
    """The answer has reached everybody who asked: its period is met (TL08)."""
    if all(a.served_on is not None for a in document.addressees):
        clocks.end(acting, "adjudication.serve_answer", met=True)


@lapse("adjudication.answer")
def answer_lapsed(_acting: Acting, _deadline: Deadline) -> bool:
    """A respondent who has not answered does not hold the case up (order 81, art. 22)."""
    return True


@operation("close_answer")
def close_answer(acting: Acting) -> Data:
    """The period to answer has run out: the case goes on without an answer."""
    acting.record(AnswersClosed(answered=False))
    return {"answer": "none"}


@step("check_answer")
def check_answer(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Find the answer signed, or have it signed within three days, once (TL07)."""
    if answers["answer"] == "complete":
        return {"answer": "complete"}
    if papers.latest(acting.session, acting.case, "resign_notice") is not None:
        raise RuleBroken("已经通知重交过一次；仍未签章的，请核实后按已收到的材料处理", field="answer")
    for party in parties.respondents(acting):
        acting.record(AnswerToBeSigned(party=party.name, days=RESIGN_DAYS))
    papers.issue(acting, "resign_notice", to=parties.respondents(acting), days=RESIGN_DAYS)
    return {"answer": "resign"}


@after_service("resign_notice")
def resigning_runs(acting: Acting, _document: Document, party: Party, on: date) -> None:
    """The three days run from the day on which the notice reached the respondent."""
    clocks.run_from_service(acting, RESIGN, "resign_answer", party, on)


@step("resign_answer")
def resign_answer(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take the signed answer; the clerk looks at it again."""
    papers.receive(acting, "signed_answer", answers["files"], party=task.party)
    return {"answer": "given"}


@lapse(RESIGN)
def resigning_lapsed(_acting: Acting, _deadline: Deadline) -> bool:
    """Late: the answer counts as not handed in."""
    return True


@operation("discard_answer")
def discard_answer(acting: Acting) -> Data:
    """The answer was not signed in time: it counts as not handed in (guide 2019)."""
    acting.record(AnswersClosed(answered=False))
    return {"answer": "none"}


@step("serve_answer")
def serve_answer(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Serve the answer on the requester within five working days of its receipt (TL08)."""
    if not serve(acting, "answer_brief", answers, parties.requesters(acting)):
        return {"served": "again"}
    acting.record(AnswersClosed(answered=True))
    return {"served": "served"}


@act("extend_answer")
def extend_answer(acting: Acting, answers: Answers) -> Data:
    """Give the respondent more time, as the panel decides (order 81, art. 22)."""
    days = int(answers["days"])
    for party in parties.respondents(acting):
        deadline = clocks.extend(acting, "adjudication.answer", answers["reason"], party=party, length=days)
        if any(d.rule == "jurisdiction.objection" and d.party_id == party.id for d in clocks.open_ones(acting)):
            clocks.extend(acting, "jurisdiction.objection", answers["reason"], party=party, length=days)
        papers.issue(
            acting,
            "extension_notice",
            to=[party],
            period="答辩期限",
            length=f"{days}日",
            until=deadline.due_on.isoformat(),
            reason=answers["reason"],
        )
    return {}
