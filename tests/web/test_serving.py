"""The list of what is still to be served: narrowed, put in order, and turned over a page at a time."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.jobs import documents
from app.models import Document, db
from app.queries import serving
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case, Office
from tests.web.browser import Browser

NOTHING = "没有符合条件的待送达文书"


def listed(office: Office, query: str = "", expects: int = 200) -> str:
    """Return the page of the clerk, narrowed by ``query``."""
    browser = Browser(office.app)
    browser.logs_in("clerk", PASSWORD)
    return browser.gets(f"/serving?{query}", expects=expects).text


def refused(office: Office) -> Case:
    """Return a case whose one paper is still to be served on the requester."""
    case: Case = office.files(e_service=False)
    office.clerk.answers(case, "formality_check", check="refuse", reasons=["no_facts"])
    documents.do(db.session(), paper(case))
    return case


def paper(case: Case) -> int:
    kind = Document.kind == "refusal_notice"
    return db.session.scalars(select(Document.id).where(Document.case_id == case.id, kind)).one()


def sends(office: Office, case: Case, **changes: object) -> None:
    """Let the clerk record that the paper was posted and its receipt is waited for."""
    sent = office.record(case, office.requesting, **{"result": "pending", "received_on": None, **changes})
    office.clerk.acts(case, "register_service", **sent, document=paper(case))


def test_papers_on_their_way_are_told_from_those_that_nobody_has_sent(office: Office) -> None:
    sent, left = refused(office), refused(office)
    sends(office, sent)
    on_its_way, not_sent = listed(office, "way=sent"), listed(office, "way=unsent")
    assert sent.number in on_its_way and left.number not in on_its_way
    assert left.number in not_sent and sent.number not in not_sent
    assert "共 1 份文书" in on_its_way and "共 1 份文书" in not_sent


def test_what_came_back_is_to_be_sent_again(office: Office) -> None:
    case = refused(office)
    sends(office, case)
    sends(office, case, result="failed", note="原址查无此人")
    assert case.number in listed(office, "way=unsent")
    assert NOTHING in listed(office, "way=sent")


def test_the_list_is_narrowed_to_a_kind_of_paper_and_to_words_of_the_case(office: Office) -> None:
    case = refused(office)
    assert case.number in listed(office, f"kind=refusal_notice&text={office.requesting.name}")
    assert NOTHING in listed(office, "kind=mediation_agreement")
    assert NOTHING in listed(office, "text=没有这个人")


def test_a_filter_keeps_what_was_chosen_and_offers_only_kinds_that_wait(office: Office) -> None:
    refused(office)
    page = listed(office, "kind=refusal_notice&way=unsent&sort=newest&text=查找")
    for chosen in ("unsent", "newest", "refusal_notice"):
        assert f'<option value="{chosen}" selected>' in page
    assert 'name="text" value="查找"' in page and "清除条件" in page
    assert 'value="mediation_agreement"' not in page
    assert '<option value="mediation_agreement" selected>' in listed(office, "kind=mediation_agreement")


def test_where_nothing_waits_there_is_nothing_to_filter(office: Office) -> None:
    page = listed(office)
    assert "没有待送达的文书" in page and 'name="way"' not in page


@pytest.mark.parametrize("query", ["way=lost", "sort=title", "cursor=x"])
def test_what_no_page_has_offered_is_refused(office: Office, query: str) -> None:
    listed(office, query, expects=422)


@pytest.mark.parametrize("sort", ["oldest", "newest"])
def test_each_paper_stands_on_one_page_in_either_order(
    office: Office, today: Today, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    monkeypatch.setattr(serving, "PAGE", 1)
    first, second = refused(office), refused(office)
    today.moves(days=1)
    third = refused(office)
    numbers, path = [], f"way=unsent&sort={sort}"
    while path:
        page = listed(office, path)
        assert "共 3 份文书" in page
        numbers += re.findall(r'class="num" href="/cases/(\d+)"', page)
        following = re.search(r'rel="next" href="/serving\?([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    in_order = [str(case.id) for case in (first, second, third)]
    assert numbers == (in_order if sort == "oldest" else in_order[::-1])


# -- the form ----------------------------------------------------------------------------------------------------------

NOBODY = "电子送达（受送达人都没有同意，不能选用）"


def form(office: Office, path: str) -> str:
    """Return a form of the clerk."""
    browser = Browser(office.app)
    browser.logs_in("clerk", PASSWORD)
    return browser.gets(path).text


def electronic(page: str) -> list[str]:
    """Return each box by which electronic service is chosen."""
    return re.findall(r'<input[^>]*value="electronic"[^>]*>', page)


def test_electronic_service_cannot_be_chosen_where_nobody_agreed_to_it(office: Office) -> None:
    case = office.accepted()
    page = form(office, f"/tasks/{case.task('serve_request', office.clerk)}")
    assert NOBODY in page
    assert electronic(page) and all(" disabled" in box for box in electronic(page))
    assert "已同意的" not in page  # the requester did, but is not served here


def test_a_form_that_serves_names_who_agreed_to_electronic_service(office: Office) -> None:
    case = office.docketed()
    page = form(office, f"/cases/{case.id}/acts/register_service")
    assert f"已同意的：{office.requesting.name}" in page
    assert electronic(page) and not any(" disabled" in box for box in electronic(page))


def test_an_agreement_offers_no_electronic_service_and_says_nothing_of_it(office: Office) -> None:
    case = office.confirmed()
    office.director.answers(case, "issue_agreement", issued=True)
    page = form(office, f"/tasks/{case.task('serve_agreement', office.clerk)}")
    assert not electronic(page) and "电子送达须经" not in page


# -- proof -------------------------------------------------------------------------------------------------------------

NO_PROOF = "没有上传回证"


def handed_over(office: Office, **changes: object) -> Case:
    """Return a case whose refusal was handed to the requester."""
    case = refused(office)
    record = office.record(case, office.requesting, **{"method": "direct", **changes})
    office.clerk.acts(case, "register_service", **record, document=paper(case))
    return case


@pytest.mark.parametrize("method", ["direct", "left"])
def test_what_only_a_receipt_proves_is_marked_where_none_was_uploaded(office: Office, method: str) -> None:
    case = handed_over(office, method=method)
    assert NO_PROOF in form(office, f"/cases/{case.id}?tab=documents")


def test_a_receipt_that_was_uploaded_and_a_letter_that_was_posted_are_not_missed(office: Office) -> None:
    proven = handed_over(office, proof=[office.clerk.uploads("回证.pdf")])
    posted = handed_over(office, method="post")
    for case in (proven, posted):
        assert NO_PROOF not in form(office, f"/cases/{case.id}?tab=documents")


def test_a_party_is_not_reminded_of_what_the_office_has_to_keep(office: Office) -> None:
    case = handed_over(office)
    browser = Browser(office.app)
    browser.logs_in(office.requester.username, PASSWORD)
    assert NO_PROOF not in browser.gets(f"/cases/{case.id}?tab=documents").text


def test_a_form_asks_for_the_signed_receipt_and_for_the_story_of_what_was_left(office: Office) -> None:
    case = office.accepted()
    page = form(office, f"/tasks/{case.task('serve_request', office.clerk)}")
    assert "签收的回证" in page and "见证人" in page
