"""What cannot be taken back is read once more before it is sent."""

from __future__ import annotations

import re
from typing import Any

from tests.flows.office import PASSWORD, Case, Office
from tests.web.browser import Browser

STATEMENT: dict[str, Any] = {"stance": "consents", "opinion": "愿意协商，但数额过高", "e_service": "y"}


def respondent(office: Office) -> tuple[Browser, str, Case]:
    case = office.served()
    browser = Browser(office.app)
    browser.logs_in(office.respondent.username, PASSWORD)
    return browser, f"/tasks/{case.task('statement', office.respondent)}", case


def test_a_statement_is_shown_once_more_before_it_is_final(office: Office) -> None:
    browser, path, case = respondent(office)
    page = browser.posts(path, STATEMENT, expects=200).text
    assert STATEMENT["opinion"] in page and "提交后不能撤回或者修改" in page
    assert case.state == "awaiting_statement"
    browser.posts(path, {**STATEMENT, "confirmed": "1"})
    assert case.state == "docketing"


def test_whoever_goes_back_finds_what_they_typed(office: Office) -> None:
    browser, path, case = respondent(office)
    page = browser.posts(path, {**STATEMENT, "edit": "1"}, expects=200).text
    assert re.search(rf"<textarea[^>]*>\s*{STATEMENT['opinion']}</textarea>", page)
    assert case.state == "awaiting_statement"


def test_what_is_wrong_is_said_before_anything_is_shown_once_more(office: Office) -> None:
    browser, path, _case = respondent(office)
    assert "请选择是否同意调解" in browser.posts(path, {"opinion": "愿意"}, expects=422).text
