"""Every letter is read before it is issued: as a preview that keeps nothing."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import func, select

from app.documents.catalogue import KINDS
from app.models import Document, Event, Task, db
from app.services.acting import ACTS, STEPS
from app.web import previews
from tests.flows.office import PASSWORD, POINTS, Office, Person
from tests.web.browser import Browser


def browser_of(office: Office, person: Person) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    return browser


def kept() -> tuple[int | None, ...]:
    """Return how much there is of what an act leaves behind."""
    open_tasks = select(func.count()).select_from(Task).where(Task.state == "open")
    counted = (select(func.count()).select_from(table) for table in (Document, Event))
    return tuple(db.session.scalar(one) for one in (*counted, open_tasks))


def words_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def test_the_letters_of_a_step_are_read_together_before_it_is_done(office: Office) -> None:
    case = office.consented()
    clerk = browser_of(office, office.clerk)
    address = f"/tasks/{case.task('docket', office.clerk)}"
    assert "预览文书" in clerk.gets(address).text
    before = kept()
    page = clerk.posts(f"{address}/preview", {"mediator": str(office.mediator.id)}, expects=200)
    assert page.mimetype == "application/pdf"
    told = words_of(page.data)
    titles = [KINDS[kind].name for kind in ("mediation_docket_notice", "mediator_notice")]
    assert all(title in told for title in (*titles, "预览")), told[:500]
    assert kept() == before
    clerk.posts(address, {"mediator": str(office.mediator.id)})


def test_accepting_shows_the_letter_to_the_respondent_and_refusing_that_to_the_requester(office: Office) -> None:
    case = office.files()
    clerk = browser_of(office, office.clerk)
    address = f"/tasks/{case.task('formality_check', office.clerk)}/preview"
    accepted = clerk.posts(address, {"check": "accept", "points": POINTS}, expects=200)
    assert "意见陈述" in words_of(accepted.data)
    refused = {"check": "refuse", "reasons": "other", "explanation": "不属于本局的受案范围，请向有管辖权的机关提出"}
    assert "不予受理" in words_of(clerk.posts(address, refused, expects=200).data)


def test_the_letter_of_an_act_is_read_before_it_is_done(office: Office) -> None:
    case = office.docketed()
    requester = browser_of(office, office.requester)
    address = f"/cases/{case.id}/acts/withdraw"
    assert "预览文书" in requester.gets(address).text
    before = kept()
    page = requester.posts(f"{address}/preview", {"reason": "已自行协商解决"}, expects=200)
    assert "已自行协商解决" in words_of(page.data)
    assert kept() == before


def test_answers_that_lead_to_no_letter_say_so(office: Office) -> None:
    case = office.docketed()
    mediator = browser_of(office, office.mediator)
    address = f"/cases/{case.id}/acts/record_contact/preview"
    told = mediator.posts(address, {"on": "2026-03-02", "summary": "电话联系了各方"}, expects=422).text
    assert "不会制作文书" in told


def test_what_is_wrong_stands_beside_its_field_in_a_preview_too(office: Office) -> None:
    case = office.docketed()
    requester = browser_of(office, office.requester)
    told = requester.posts(f"/cases/{case.id}/acts/withdraw/preview", {"reason": ""}, expects=422).text
    assert 'id="reason-error"' in told


def test_every_step_and_act_that_is_previewed_is_there() -> None:
    assert set(STEPS) >= previews.TASKS
    assert set(ACTS) >= previews.ACTS
