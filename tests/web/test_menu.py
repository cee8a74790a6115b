"""The menu marks where one is."""

from __future__ import annotations

import re

import pytest

from tests.web.browser import Browser


@pytest.mark.parametrize(
    ("who", "path", "marked"),
    [
        ("requester", "/cases/new/mediation", ["我的事项"]),
        ("requester", "/cases", ["案件"]),
        ("clerk", "/cases/new/mediation", ["案件"]),
        ("admin", "/administration/calendar", ["系统管理"]),
        ("admin", "/people", ["系统管理"]),
        ("admin", "/administration/settings", ["系统管理"]),
    ],
)
def test_one_entry_is_marked_wherever_one_is(office, who, path, marked):
    browser = Browser(office.app)
    browser.logs_in(who)
    assert marked_in(browser.gets(path).text) == marked


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/", []),
        ("/guides", ["办事指南"]),
        ("/guides/mediation", ["办事指南"]),
        ("/progress", ["进度查询"]),
        ("/login", []),
    ],
)
def test_a_visitor_sees_the_page_marked_that_is_open(app, path, marked):
    assert marked_in(Browser(app).gets(path).text) == marked


def marked_in(page):
    menu = page.split('class="menu from-wide"', 1)[1].split("</nav>", 1)[0]
    return re.findall(r'aria-current="page">([^<]+)', menu)
