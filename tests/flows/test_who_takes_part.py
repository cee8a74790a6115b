"""Who may act in a mediation, and who no longer: resting mediators, officials with a conflict, parties that have left."""

from __future__ import annotations

from sqlalchemy import update

from app.models import User, db
from tests.flows.office import Case, Office, Person

RECUSE = {"ground": "interest", "reason": "调解员曾任职于对方公司"}
SETTLED = {"summary": "双方自行和解"}


def works_for_the_requester(office: Office, person: Person) -> None:
    db.session.execute(update(User).where(User.id == person.id).values(employer=office.requesting.name))
    db.session.commit()


def with_one_who_declined(office: Office) -> Case:
    """Return a docketed case against two, of whom one declined to take part."""
    case = office.accepted(respondents=[office.entry(office.responding), office.entry(office.elsewhere)])
    records = [office.record(case, o) for o in (office.responding, office.elsewhere)]
    office.clerk.answers(case, "serve_request", records=records, give_up=False)
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)
    office.stranger.answers(case, "statement", stance="declines", opinion="不愿意", e_service=False)
    office.clerk.answers(case, "docket", mediator=office.mediator.id)
    return case


def test_a_mediator_rests_in_everything_while_a_recusal_is_pending(office: Office) -> None:
    case = office.docketed()
    office.requester.acts(case, "recuse", **RECUSE)
    files = [office.mediator.uploads("和解协议书.pdf")]
    office.mediator.acts(case, "settle", expects=403, files=files, **SETTLED)
    office.mediator.acts(case, "record_contact", expects=403, on="2026-03-02", summary="电话")
    assert case.seen_by(office.mediator)["acts"] == []
    office.director.answers(case, "decide_recusal", decision="upheld", reason="经查属实")
    office.mediator.acts(case, "settle", expects=403, files=files, **SETTLED)
    assert case.state == "mediating"


def test_an_official_with_a_conflict_neither_acts_nor_enters_anything_for_a_party(office: Office) -> None:
    case = office.served()
    works_for_the_requester(office, office.clerk)
    paper = {"stance": "consents", "files": [office.clerk.uploads()], "received_on": "2026-03-02"}
    task = case.task("statement", office.second_clerk)
    office.clerk.does(f"/tasks/{task}/complete", {"answers": paper}, expects=404)
    office.clerk.acts(case, "withdraw", expects=404, reason="代撤", files=[office.clerk.uploads()])
    office.clerk.acts(case, "record_contact", expects=404, on="2026-03-02", summary="电话")
    assert case.seen_by(office.second_clerk)["state"] == "awaiting_statement"


def test_a_director_with_a_conflict_does_not_choose_the_mediator(office: Office) -> None:
    case = office.docketed()
    works_for_the_requester(office, office.director)
    office.director.acts(case, "hand_over", expects=404, to=office.second_mediator.id, reason="出差")


def test_a_mediator_with_a_conflict_may_still_ask_to_be_taken_off(office: Office) -> None:
    case = office.docketed()
    works_for_the_requester(office, office.mediator)
    office.mediator.acts(case, "recuse", ground="own_request", reason="配偶在请求人处任职")
    assert "decide_recusal" in case.open_keys()


def test_whoever_declined_sees_nothing_of_the_mediation_and_cannot_disturb_it(office: Office) -> None:
    case = with_one_who_declined(office)
    before = case.seen_by(office.stranger)
    office.schedules(case)
    office.holds(case, "agreed")
    office.drafts(case)
    after = case.seen_by(office.stranger)
    assert after["events"] == before["events"]
    assert "statement_given" in {e["kind"] for e in after["events"]}
    kinds = {d["kind"] for d in after["documents"]}
    assert "statement_of_opinion" in kinds
    assert not kinds & {"mediation_record", "mediation_session_notice", "mediation_docket_notice"}
    assert after["acts"] == []
    office.stranger.acts(case, "recuse", expects=403, **RECUSE)


def test_a_requester_who_has_left_alone_has_no_say_any_more(office: Office) -> None:
    case = office.docketed(co_requesters=[office.entry(office.elsewhere)])
    office.stranger.acts(case, "withdraw", reason="退出")
    assert case.seen_by(office.stranger)["acts"] == []
    office.stranger.acts(case, "recuse", expects=403, **RECUSE)
    office.stranger.acts(case, "settle", expects=403, files=[office.stranger.uploads()], **SETTLED)
    assert case.state == "mediating"


def test_a_general_agent_does_not_apply_for_judicial_confirmation(office: Office) -> None:
    case = office.performing()
    agent = {"party": case.party(office.requesting.name), "name": "赵律师", "username": "stranger", "special": False}
    office.requester.acts(case, "add_agent", files=[office.requester.uploads()], **agent)
    office.stranger.answers(case, "joint_application", expects=422, applies=True)
    office.requester.answers(case, "joint_application", applies=True)


def test_a_clerk_withdraws_for_the_requester_whose_paper_it_is(office: Office) -> None:
    case = office.docketed(co_requesters=[office.entry(office.elsewhere)])
    files = [office.clerk.uploads("撤回申请.pdf")]
    problem = office.clerk.acts(case, "withdraw", expects=422, reason="退出", files=files)
    assert "party" in problem["errors"]
    respondent = case.party(office.responding.name)
    office.clerk.acts(case, "withdraw", expects=422, party=respondent, reason="退出", files=files)
    office.clerk.acts(case, "withdraw", party=case.party(office.elsewhere.name), reason="退出", files=files)
    stances = {p["name"]: p["stance"] for p in case.seen_by(office.clerk)["parties"]}
    assert (stances[office.elsewhere.name], stances[office.requesting.name]) == ("withdrawn", None)
    assert case.state == "mediating"
    office.clerk.acts(case, "withdraw", reason="退出", files=[office.clerk.uploads("撤回申请.pdf")])
    assert case.state == "withdrawn"


def test_an_agent_of_two_requesters_says_which_of_them_withdraws(office: Office) -> None:
    case = office.docketed(co_requesters=[office.entry(office.elsewhere)])
    power = {"party": case.party(office.elsewhere.name), "name": "赵律师", "username": "requester", "special": True}
    office.stranger.acts(case, "add_agent", files=[office.stranger.uploads("授权委托书.pdf")], **power)
    office.requester.acts(case, "withdraw", expects=422, reason="退出")
    office.requester.acts(case, "withdraw", party=case.party(office.elsewhere.name), reason="退出")
    assert case.state == "mediating"
    assert case.seen_by(office.stranger)["acts"] == []
