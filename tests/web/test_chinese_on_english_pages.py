"""What the office and its people typed in Chinese is said to be Chinese on a page in English; all else is English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask

from app.models import db
from app.services import settings
from app.services.changing import changing
from app.web import presenting
from tests.flows.office import PASSWORD, Office
from tests.web.browser import Browser

HAN = re.compile(r"[\u3400-\u9fff]")
SETTINGS = "/administration/settings"
GUIDE = "/guides/mediation"


@pytest.fixture
def reader(office: Office) -> Browser:
    browser = Browser(office.app)
    browser.logs_in("admin", PASSWORD)
    browser.posts("/language", {"language": "en"})
    return browser


def unmarked(page: str) -> list[str]:
    """Return every Chinese text of a page that is not said to be Chinese, those in fields included."""
    return list(_unmarked(html5lib.parse(page, namespaceHTMLElements=False).find("body"), "en"))


def _unmarked(one: Element, lang: str) -> Iterator[str]:
    own = one.get("lang", lang)
    typed = one.get("value", "") if one.get("type") == "text" else ""
    texts = [(own, one.text), (own, typed), *((own, child.tail) for child in one)]
    if one.tag not in ("script", "template"):
        yield from (text.strip() for tongue, text in texts if tongue == "en" and text and HAN.search(text))
        for child in one:
            yield from _unmarked(child, own)


@pytest.mark.parametrize("path", ["/", "/guides", GUIDE, "/progress", "/privacy", SETTINGS])
def test_what_is_chinese_is_said_to_be(reader: Browser, path: str) -> None:
    with changing(db.session):
        settings.put(db.session(), "office.hours", "工作日 9:00—12:00")
        settings.put(db.session(), "office.court", "佛山市禅城区人民法院")
    assert unmarked(reader.gets(path).text) == []


def test_a_default_that_is_chosen_from_a_list_is_told_in_the_words_of_the_list(reader: Browser) -> None:
    assert (
        "Default: 15 days: forms of the Guide to Patent Infringement Adjudication (2019)" in reader.gets(SETTINGS).text
    )


def test_a_change_is_told_in_the_words_of_the_list(reader: Browser) -> None:
    now = settings.office(db.session())
    sent = {key.replace(".", "_"): value for key, value in now.items()}
    reader.posts(SETTINGS, {**sent, "office_hours": "工作日", "remedy_suit_within": "六个月"})
    page = reader.gets(SETTINGS).text
    assert unmarked(page) == []
    assert "(2019) → 6 months: Administrative Litigation Law, art. 46" in page


def test_a_guide_names_the_office_in_both_languages(reader: Browser) -> None:
    page = reader.gets(GUIDE).text
    assert "8 Yingyin Road, Chancheng District, Foshan" in page
    assert '<span lang="zh-CN">佛山市禅城区影荫路8号</span>' in page


def test_a_page_in_chinese_marks_nothing(office: Office) -> None:
    page = Browser(office.app).gets(GUIDE).text
    assert page.count('lang="zh-CN"') == 1  # the page itself
    assert "<dd>佛山市禅城区影荫路8号</dd>" in page


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Such as 佛知快调〔2027〕12号; later", 'Such as <span lang="zh-CN">佛知快调〔2027〕12号</span>; later'),
        ("<b>何云</b>", '&lt;b&gt;<span lang="zh-CN">何云</span>&lt;/b&gt;'),
        ("Foshan & Co", "Foshan & Co"),
        (60, 60),
        (None, None),
    ],
)
def test_the_chinese_in_a_text_is_marked_and_nothing_else(app: Flask, text: object, marked: object) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert presenting.chinese(text) == marked
