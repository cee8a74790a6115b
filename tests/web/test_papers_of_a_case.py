"""The papers of a case say whose they are, and each attempt at service says once how it went."""

from __future__ import annotations

import re

from sqlalchemy import select

from app.documents import catalogue
from app.models import Document, db
from tests.flows.office import PASSWORD, Case, Office, Person
from tests.web.browser import Browser


def papers(office: Office, case: Case, tab: str = "documents") -> str:
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username, PASSWORD)
    text = re.sub(r"<[^>]+>", " ", browser.gets(f"/cases/{case.id}?tab={tab}").text)
    return " ".join(text.split())


def test_a_paper_that_a_party_makes_is_not_called_the_offices(office: Office) -> None:
    case = office.accepted()
    assert re.search("调解请求书 当事人文书", papers(office, case))
    notice = catalogue.KINDS["statement_notice"].name
    assert re.search(f"{notice} ([^ ]+ )?本局文书", papers(office, case))
    story = papers(office, case, "story")
    assert "当事人的调解请求书已按填写的内容制成" in story and "本局制作了调解请求书" not in story


def test_what_was_posted_and_has_arrived_is_one_line_and_one_receipt(office: Office) -> None:
    case = office.accepted()
    posted = office.record(case, office.responding, method="post", result="pending", received_on=None)
    office.clerk.answers(case, "serve_request", records=[posted], give_up=False)
    assert "在途" in papers(office, case) and "service_receipt" not in case.documents()
    arrived = office.record(case, office.responding, method="post")
    office.clerk.answers(case, "serve_request", records=[arrived], give_up=False)
    assert "在途" not in papers(office, case) and "已送达" in papers(office, case)
    assert case.documents().count("service_receipt") == 1


def test_a_service_receipt_says_which_paper_reached_whom(office: Office) -> None:
    case = office.served()
    number = next(d.number for d in db.session.scalars(select(Document)) if d.kind == "statement_notice")
    told = f"{catalogue.KINDS['statement_notice'].name} {number}，受送达人：{office.responding.name}"
    assert papers(office, case).count(told) == 1
    browser = Browser(office.app)
    browser.logs_in(office.respondent.username, PASSWORD)
    assert "受送达人" not in browser.gets(f"/cases/{case.id}?tab=documents").text


def test_what_a_party_called_its_evidence_is_shown_as_it_was_typed(office: Office) -> None:
    files = [office.requester.uploads()]
    case = office.files(evidence=[{"title": "公证购买的实物", "proves": "销售", "files": files}])
    document = next(
        d for d in db.session.scalars(select(Document)) if d.case_id == case.id and d.title == "公证购买的实物"
    )
    assert document.title_en == "公证购买的实物"


def test_whoever_turns_a_case_into_a_request_for_adjudication_is_led_to_its_draft_and_not_asked_again(
    office: Office,
) -> None:
    case = office.in_session()
    office.holds(case, "failed")
    office.mediator.answers(case, "close_failed", reason="双方分歧较大")
    browser = Browser(office.app)
    browser.logs_in(office.requester.username, PASSWORD)
    act = f"/cases/{case.id}/acts/to_adjudication"
    assert act in browser.gets(f"/cases/{case.id}").text
    led = browser.posts(act, {"confirm": "y"}).headers["Location"]
    assert led.endswith("tab=documents")
    page = browser.gets(led).text
    assert "专利侵权纠纷处理请求书（草稿）" in page and act not in page


def test_nobody_but_its_author_reads_of_the_draft_of_a_request_for_adjudication_on_any_page(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "failed")
    office.mediator.answers(case, "close_failed", reason="双方分歧较大")
    office.requester.acts(case, "to_adjudication", confirm=True)
    draft = next(d for d in db.session.scalars(select(Document)) if d.kind == "adjudication_request_draft")
    pages = (*(f"?tab={tab}" for tab in ("story", "answers", "documents")), "/paper")
    words = ("请求书》的草稿", draft.title)

    def reads(person: Person) -> list[str]:
        browser = Browser(office.app)
        browser.logs_in(person.username, PASSWORD)
        text = "".join(browser.gets(f"/cases/{case.id}{page}").text for page in pages)
        status = 202 if person is office.requester else 404  # the job has not set it yet
        assert browser.gets(f"/files/cases/{case.id}/{draft.id}", expects=status)
        return [word for word in words if word in text]

    assert reads(office.requester) == list(words)
    for person in (office.respondent, office.clerk, office.mediator, office.director, office.supervisor):
        assert reads(person) == []
