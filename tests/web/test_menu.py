"""The menu marks where one is."""

from __future__ import annotations

import re

import pytest

from tests.web.browser import Browser


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
    page = Browser(app).gets(path).text
    menu = page.split('class="menu from-wide"', 1)[1].split("</nav>", 1)[0]
    assert re.findall(r'aria-current="page">([^<]+)', menu) == marked
