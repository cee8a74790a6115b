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
