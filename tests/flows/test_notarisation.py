"""The paper by which an agreement with money to pay becomes enforceable through a notary."""

from __future__ import annotations

from typing import Any

import pytest

from app.models import Document, db
from app.services import papers
from tests.flows.office import PASSWORD, Case, Office, Person
from tests.web.browser import Browser

NOTARY = {"notary": "广东省佛山市禅城公证处", "clause": True}
ACT = "apply_notarisation"


def offered(case: Case, person: Person) -> bool:
    return ACT in case.seen_by(person)["acts"]


def printed(case: Case) -> dict[str, Any]:
    """Return the facts of the last application."""
    query = db.select(Document).where(Document.case_id == case.id, Document.kind == "notarisation_application")
    document = db.session.scalars(query.order_by(Document.place.desc())).first()
    assert document is not None
    found = papers.to_render(db.session(), document.id)
    assert found is not None
    return found[1]


def test_a_party_makes_the_application_of_all_who_are_bound(office: Office) -> None:
    case = office.performing()
    office.respondent.acts(case, ACT, **NOTARY)
    told = printed(case)
    assert (told["amount"], told["perform_by"], told["notary"]) == ("80000.00", "2026-04-01", NOTARY["notary"])
    assert [p["name"] for p in told["to"]] == [office.requesting.name, office.responding.name]
    assert told["agreement_number"].startswith("佛知快调")
    assert case.state == "performing"
    browser = Browser(office.app)
    browser.logs_in("requester", PASSWORD)
    story = browser.gets(f"/cases/{case.id}").text
    assert "王晨光</strong>生成了公证赋予强制执行效力的申请书" in story and "申请公证赋予强制执行效力</a>" in story


def test_it_is_offered_from_the_issue_to_the_end_of_performance(office: Office) -> None:
    case = office.confirmed()
    assert not offered(case, office.requester)
    office.requester.acts(case, ACT, expects=403, **NOTARY)
    office.director.answers(case, "issue_agreement", issued=True)
    assert offered(case, office.requester) and offered(case, office.mediator) and offered(case, office.clerk)
    records = [office.record(case, o, method="direct") for o in (office.requesting, office.responding)]
    office.clerk.answers(case, "serve_agreement", records=records)
    assert offered(case, office.respondent)
    office.requester.answers(case, "joint_application", applies=False)
    office.mediator.answers(case, "performance", finding="performed", on="2026-03-02", amount="80000.00")
    assert case.state == "performed" and not offered(case, office.requester)
    office.requester.acts(case, ACT, expects=403, **NOTARY)


def test_an_agreement_without_money_has_nothing_to_enforce(office: Office) -> None:
    case = office.agreed()
    office.drafts(case, amount=None)
    for person in (office.requester, office.respondent):
        person.answers(case, "confirm_agreement", answer="confirm", signed_name=person.name)
    office.director.answers(case, "issue_agreement", issued=True)
    assert not offered(case, office.requester)
    office.requester.acts(case, ACT, expects=403, **NOTARY)


@pytest.mark.parametrize(("special", "expects"), [(False, 403), (True, 200)])
def test_an_agent_needs_special_authority(office: Office, special: bool, expects: int) -> None:
    agent = {"name": "赵雅居", "firm": "某律师事务所", "special": special, "username": "stranger"}
    case = office.performing(agents=[agent])
    office.stranger.acts(case, ACT, expects=expects, **NOTARY)


def test_who_did_not_consent_is_not_bound(office: Office) -> None:
    entries = [office.entry(office.responding), office.entry(office.elsewhere)]
    case = office.accepted(respondents=entries)
    records = [office.record(case, o) for o in (office.responding, office.elsewhere)]
    office.clerk.answers(case, "serve_request", records=records, give_up=False)
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意")
    office.stranger.answers(case, "statement", stance="declines", opinion="不愿意")
    office.clerk.answers(case, "docket", mediator=office.mediator.id)
    office.schedules(case)
    office.holds(case, "agreed")
    office.drafts(case)
    for person in (office.requester, office.respondent):
        person.answers(case, "confirm_agreement", answer="confirm", signed_name=person.name)
    office.director.answers(case, "issue_agreement", issued=True)
    assert offered(case, office.respondent) and not offered(case, office.stranger)
    office.stranger.acts(case, ACT, expects=403, **NOTARY)


def test_another_notary_means_another_paper_in_place_of_the_first(office: Office) -> None:
    case = office.performing()
    office.requester.acts(case, ACT, **NOTARY)
    office.mediator.acts(case, ACT, **{**NOTARY, "notary": "广东省佛山市南海公证处"})
    assert case.documents().count("notarisation_application") == 2
    query = db.select(Document).where(Document.case_id == case.id, Document.kind == "notarisation_application")
    first, second = db.session.scalars(query.order_by(Document.place)).all()
    assert second.replaces_id == first.id


def test_the_promise_to_let_it_be_enforced_is_part_of_it(office: Office) -> None:
    case = office.performing()
    office.requester.acts(case, ACT, expects=422, notary=NOTARY["notary"], clause=False)
    assert "notarisation_application" not in case.documents()
