"""The agreement is read before it is signed or sealed, and revised from what it was."""

from __future__ import annotations

from tests.flows.office import PASSWORD, Case, Office, Person
from tests.web.browser import Browser


def browser_of(office: Office, person: Person) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    return browser


def paper(case: Case, key: str, person: Person) -> str:
    return f"/tasks/{case.task(key, person)}/agreement"


def test_a_party_reads_the_agreement_as_a_paper_before_it_confirms(office: Office) -> None:
    case = office.agreed()
    office.drafts(case)
    path = paper(case, "confirm_agreement", office.respondent)
    browser = browser_of(office, office.respondent)
    assert f'href="{path}"' in browser.gets(path.removesuffix("/agreement")).text
    assert browser.gets(path).data.startswith(b"%PDF")


def test_the_paper_is_shown_to_nobody_who_is_not_asked(office: Office) -> None:
    case = office.agreed()
    office.drafts(case)
    path = paper(case, "confirm_agreement", office.respondent)
    browser_of(office, office.requester).gets(path, expects=404)
    browser_of(office, office.stranger).gets(path, expects=404)
    browser_of(office, office.mediator).gets(path, expects=403)


def test_the_director_reads_it_before_it_is_sealed(office: Office) -> None:
    case = office.confirmed()
    path = paper(case, "issue_agreement", office.director)
    assert browser_of(office, office.director).gets(path).data.startswith(b"%PDF")


def test_a_revision_begins_with_the_draft_before(office: Office) -> None:
    case = office.agreed()
    office.drafts(case, perform_by="2026-04-01")
    office.respondent.answers(case, "confirm_agreement", answer="revise", comment="改为分期支付")
    told = browser_of(office, office.mediator).gets(f"/tasks/{case.task('draft_agreement', office.mediator)}").text
    assert "停止销售被控产品\n支付补偿款八万元</textarea>" in told
    assert 'value="80000.00"' in told and 'value="2026-04-01"' in told


def test_a_mediators_task_is_handed_over_with_its_case_only(office: Office) -> None:
    case = office.docketed()
    task = f"/tasks/{case.task('schedule_session', office.mediator)}"
    assert 'id="hand-over"' not in browser_of(office, office.mediator).gets(task).text
    told = browser_of(office, office.director).gets(task).text
    assert 'id="hand-over"' not in told and f'href="/cases/{case.id}/acts/hand_over"' in told


def drafting(office: Office, case: Case, expects: int, **sent: str) -> str:
    """Let the mediator send a draft from the browser, and return what comes back."""
    path = f"/tasks/{case.task('draft_agreement', office.mediator)}"
    return browser_of(office, office.mediator).posts(path, sent, expects).text


def test_a_sum_in_the_terms_that_is_not_the_amount_is_asked_about_once_and_not_refused(office: Office) -> None:
    case = office.agreed()
    draft = {"terms": "支付补偿款八万元", "amount": "50000"}
    told = drafting(office, case, 200, **draft)
    assert "条款写明的金额（¥80,000.00）与支付金额（¥50,000.00）不一致" in told
    assert "提交后不能撤回" not in told  # a draft can still be revised
    assert "draft_agreement" in case.open_keys()
    drafting(office, case, 303, **draft, confirmed="1")
    assert "draft_agreement" not in case.open_keys()


def test_a_sum_in_the_terms_without_an_amount_is_asked_about_too(office: Office) -> None:
    told = drafting(office, office.agreed(), 200, terms="支付补偿款8万元", amount="")
    assert "条款写明了金额（¥80,000.00），没有填写支付金额" in told


def test_a_draft_whose_terms_name_the_amount_goes_on_at_once(office: Office) -> None:
    case = office.agreed()
    drafting(office, case, 303, terms="支付补偿款80000元", amount="8万")
    assert "draft_agreement" not in case.open_keys()
