"""A file that is refused loses nothing of what was typed with it, also where no script sends it beforehand."""

from __future__ import annotations

from io import BytesIO

from app.models import Case as CaseRow
from app.models import db
from tests.flows.office import Office
from tests.web.browser import Browser

TYPED = "双方已经另行协商解决，经办人林建华"


def odd() -> tuple[BytesIO, str]:
    return BytesIO(b"MZ\x90\x00 a program"), "程序.exe"


def signed_in(office: Office, who: str) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(who)
    return browser


def test_in_an_act(office: Office) -> None:
    case = office.docketed()
    browser = signed_in(office, "requester")
    page = browser.posts(f"/cases/{case.id}/acts/withdraw", {"reason": TYPED, "files": odd()}, expects=422)
    assert TYPED in page.text and "程序.exe" in page.text
    assert case.state == "mediating"
    assert TYPED in browser.gets(f"/cases/{case.id}/acts/withdraw").text  # who goes elsewhere first finds it again


def test_in_a_task(office: Office) -> None:
    case = office.served()
    task = case.task("statement", office.respondent)
    browser = signed_in(office, "respondent")
    page = browser.posts(f"/tasks/{task}", {"stance": "consents", "opinion": TYPED, "files": odd()}, expects=422)
    assert TYPED in page.text and "程序.exe" in page.text
    assert case.state == "awaiting_statement"
    assert TYPED in browser.gets(f"/tasks/{task}").text
    refused = browser.posts(f"/tasks/{task}", {"stance": "", "opinion": TYPED + "，另有补充"}, expects=422)
    assert refused.status_code == 422
    assert TYPED + "，另有补充" in browser.gets(f"/tasks/{task}").text


def test_in_a_request(office: Office) -> None:
    browser = signed_in(office, "requester")
    page = browser.posts("/cases/new/mediation", {"facts": TYPED, "right_files": odd()}, expects=422)
    assert TYPED in page.text and "程序.exe" in page.text
    assert db.session.scalars(db.select(CaseRow)).all() == []
    assert TYPED in browser.gets("/cases/new/mediation").text
