"""A case and its tasks are found by what is printed on paper: its number, the right, who acts in it."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.flows.office import PASSWORD, Case, Office
from tests.web.browser import Browser


@pytest.fixture
def case(office: Office) -> Case:
    """Return a case with a lawyer of the requester."""
    case = office.files()
    power = office.requester.uploads("授权委托书.pdf")
    party = case.party(office.requesting.name)
    lawyer = {"name": "周文海", "firm": "广东岭南律师事务所（佛山）", "special": True}
    office.requester.acts(case, "add_agent", party=party, files=[power], **lawyer)
    return case


@pytest.fixture
def browser(office: Office) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username, PASSWORD)
    return browser


def finds(browser: Browser, case: Case, text: str) -> list[bool]:
    """Say whether the list of cases and the list of tasks find the case."""
    lists = (browser.gets(f"{path}text={quote(text)}") for path in ("/cases?", "/workbench?queue=group&"))
    return [f'href="/cases/{case.id}"' in one.text or 'id="task-' in one.text for one in lists]


@pytest.mark.parametrize(
    "text",
    [
        "ZL 2023 3 0418812.8",
        "ZL202330418812.8",
        "202330418812.8",
        "２０２３３０４１８８１２．８",
        "周文海",
        "周律师",
        "岭南律师事务所(佛山)",
        "周律师 ZL 2023 3 0418812.8",
    ],
)
def test_a_case_is_found_by_its_right_and_by_its_agents(browser: Browser, case: Case, text: str) -> None:
    assert finds(browser, case, text) == [True, True]


@pytest.mark.parametrize(("bracket", "close"), ["()", "[]", "【】", "（）"])
def test_a_case_is_found_by_its_number_as_a_keyboard_types_it(
    browser: Browser, case: Case, bracket: str, close: str
) -> None:
    typed = case.number.replace("\u3014", bracket).replace("\u3015", close)
    assert finds(browser, case, typed.removesuffix("号")) == [True, True]
    assert finds(browser, case, typed.replace(bracket, f" {bracket} ").replace(close, f"{close} ")) == [True, True]


@pytest.mark.parametrize("text", ["ZL 2023 3 0418813.6", "李律师", "周律师 李某"])
def test_what_stands_nowhere_in_a_case_does_not_find_it(browser: Browser, case: Case, text: str) -> None:
    assert finds(browser, case, text) == [False, False]
