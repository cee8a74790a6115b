"""A notice and an objection to it: filed on a phone without an account, decided at the desk; axe finds nothing on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from app.domain.notices import Line
from tests.factories import notices as some
from tests.flows.office import Office, Person
from tests.journeys.axe import SIZES, TOO_WIDE, bring_along, findings
from tests.journeys.test_accessibility import LONG
from tests.journeys.visitor import Visitor

PAGE = "/notices/2026-1"


@pytest.fixture
def reviewer(office: Office, session: Session, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Return who handles objections; a notice with a long name has been put up."""
    some.follows(monkeypatch)
    some.staff(office)
    some.put_up(rows=(*some.LINES, Line("app-3", ("3", LONG, "马德里商标国际注册资助", "1,234,567,890"))))
    user = some.user("xie")
    person = Person(office.clerk.client, user.username, user.id, user.name)
    session.rollback()
    return person


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_an_objection_is_filed_on_a_phone_and_decided_at_the_desk(
    locale: str, opening: Callable[..., Visitor], reviewer: Person
) -> None:
    found: list[str] = []
    phone = opening(locale, viewport=SIZES[1])
    bring_along(phone.context)

    def looks(where: str) -> None:
        found.extend(findings(phone.page, where))
        assert phone.page.evaluate(TOO_WIDE) == 0, where
        if locale == "en":
            found.extend(f"{where}: {text}" for text in phone.untranslated())

    phone.opens("/notices")
    looks("the list")
    phone.page.locator("main table a").first.click()
    phone.sees("1,234,567,890")
    looks("the notice")
    phone.follows("提出异议")
    phone.presses("下一步：核对", "main")
    expect(phone.page.locator(".field-error").first).to_be_visible()
    looks("the form with errors")
    phone.fills(row="app-3", kind="unit", name="佛山市某陶瓷有限公司", uscc=some.USCC, contact="王小明")
    phone.fills(phone="13800138000", email="wang@example.cn", reasons="该单位已经注销，不能领取。")
    for name in ("application", "identity", "proof"):
        phone.chooses(name, f"{name}.pdf")
    phone.presses("下一步：核对", "main")
    phone.sees("application.pdf")
    looks("the answers once more")
    phone.presses("返回修改", "main")
    phone.sees("application.pdf")
    phone.fills(reasons="该单位已于 2025 年注销，不能领取。")
    phone.presses("下一步：核对", "main")
    phone.presses("提交异议", "main")
    number = phone.page.locator("#receipt-number").inner_text()
    looks("the receipt")

    desk = opening()  # whoever signs in reads the language of their own
    bring_along(desk.context)
    desk.logs_in(reviewer, at="/objections")
    found += findings(desk.page, "the queue")
    desk.page.locator("main table a", has_text=number).click()
    desk.sees("138****8000")
    found += findings(desk.page, "the objection")
    desk.page.locator("summary#accept").click()
    desk.presses("确认受理", "details.confirm .confirm-panel")
    desk.fills(outcome="upheld", answer="经核实，该单位已注销，从名单中删除。")
    found += findings(desk.page, "the decision")
    desk.presses("作出处理", "main")
    desk.sees("从名单中删除")
    found += findings(desk.page, "decided")

    phone.opens("/progress")
    phone.fills(number=number, tail="8000")
    phone.presses("查询", "main")
    phone.sees("从名单中删除")
    looks("the answer")
    assert not found, "\n".join(found)
