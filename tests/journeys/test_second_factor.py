"""A clerk sets up a second factor and logs in with it, in both languages; axe finds nothing on the way."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import expect

from app import clock
from tests.flows.office import PASSWORD, Office
from tests.journeys.axe import bring_along, findings
from tests.journeys.visitor import Visitor


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_clerk_sets_it_up_and_logs_in_with_it(opening: Callable[..., Visitor], office: Office, language: str) -> None:
    visitor = opening(language)
    bring_along(visitor.context)
    page, found = visitor.page, []
    visitor.logs_in(office.clerk, at="/profile/second-factor")
    if language == "en":
        page.get_by_role("button", name="English").click()
    visitor.presses("开始设置", within="main")
    secret = page.locator("#second-factor-secret").inner_text().replace(" ", "")
    expect(page.locator("main img")).to_have_js_property("complete", value=True)
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 100
    found += findings(page)
    phone = pyotp.TOTP(secret)
    visitor.fills(code=phone.generate_otp(clock.wall() // 30))
    visitor.presses("启用两步验证", within="main")
    expect(page.locator("#recovery-codes")).to_contain_text("-")
    found += findings(page)
    visitor.follows("我已保存")
    visitor.logs_out()
    visitor.opens("/login")
    page.locator("[name=username]").fill(office.clerk.username)
    page.locator("[name=password]").fill(PASSWORD)
    visitor.presses("登录", within="main")
    expect(page.locator("main h1")).to_have_text(visitor.say("两步验证"))
    found += findings(page)
    visitor.fills(code=phone.generate_otp(clock.wall() // 30 + 1))
    visitor.presses("验证", within="main")
    expect(page.locator("header details.account")).to_be_visible()
    assert not found, "\n".join(found)
