"""Dates, money, names and files look on a page the way people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app import clock
from app.domain.calendar import Calendar
from app.models import Membership, Task, User
from app.web import presenting
from app.web.presenting import Person
from tests.web.gallery import TODAY, pages


@pytest.mark.parametrize(
    ("language", "day", "shown"),
    [
        ("zh", TODAY, "11月23日"),
        ("zh", date(2027, 1, 3), "2027年1月3日"),
        ("zh", "2026-12-03", "12月3日"),
        ("zh", datetime(2026, 11, 22, 16, 30, tzinfo=UTC), "11月23日"),
        ("en", TODAY, "23 Nov"),
        ("en", date(2027, 1, 3), "3 Jan 2027"),
        ("zh", None, ""),
    ],
)
def test_a_date_has_its_year_only_where_it_is_not_this_one(language: str, day: date | str | None, shown: str) -> None:
    with pages().test_request_context(f"/?language={language}"):
        assert presenting.cn_date(day, TODAY) == shown


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        (Decimal("400000.00"), "400,000 元", "CNY 400,000"),
        (Decimal("1234.5"), "1,234.50 元", "CNY 1,234.50"),
        (None, "", ""),
    ],
)
def test_money_shows_the_fen_only_where_there_are_any(amount: Decimal | None, chinese: str, english: str) -> None:
    with pages().test_request_context("/"):
        assert presenting.cn_money(amount) == chinese
    with pages().test_request_context("/?language=en"):
        assert presenting.cn_money(amount) == english


def test_what_a_person_wrote_keeps_its_lines_and_nothing_else() -> None:
    assert (
        presenting.long_text("一、停止<销售>\r\n二、赔偿\n\n三") == "<p>一、停止&lt;销售&gt;<br>二、赔偿</p><p>三</p>"
    )


def test_a_masked_detail_never_shows_in_full() -> None:
    assert presenting.masked("13800138000", "mobile") == "138****8000"
    assert presenting.masked(None, "mobile") == ""


def test_sizes_are_told_in_round_numbers() -> None:
    assert [presenting.file_size(size) for size in (None, 820, 2048, 1250000)] == ["", "820 B", "2 KB", "1.2 MB"]


def test_the_time_of_an_instant_is_the_time_in_shanghai() -> None:
    with pages().test_request_context("/"):
        assert presenting.cn_datetime(datetime(2026, 11, 20, 8, 42, tzinfo=UTC), TODAY) == "11月20日 16:42"
        assert presenting.cn_datetime(None) == ""


def test_the_frame_of_a_person_offers_what_the_application_has() -> None:
    app = pages()
    for endpoint in ("sessions.end", "messages.index", "cases.index"):
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "")
    with app.test_request_context("/"):
        user = User(id=7, name="陈慧敏", memberships=[Membership(role="intake_clerk")])
        frame = presenting.frame_of(user, office="市局")
    assert frame.person == Person(name="陈慧敏", key="u7", role="受理人员", href="")
    assert (frame.search_url, frame.messages_url, frame.login_url) == ("/cases.index", "/messages.index", "")


def test_a_lamp_counts_by_the_calendar_of_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))
    app = pages(calendar=lambda: Calendar({date(2026, 11, 25): False}))
    task = Task(state="open", due_on=date(2026, 11, 27), warn_on=date(2026, 11, 26), paused=False)
    with app.test_request_context("/"):
        assert presenting.lamp_of(task).text == "还有 3 个工作日"
        assert presenting.lamp_of(task).code == "green"


def test_a_built_file_is_found_by_its_first_name(tmp_path: Path) -> None:
    app = pages()
    app.static_folder = str(tmp_path)
    with app.test_request_context("/"):
        assert presenting.asset("app.css") == "/static/dist/app.css"
        (tmp_path / "dist").mkdir()
        (tmp_path / "dist/manifest.json").write_text('{"app.css": "app-1A2B.css"}')
        assert presenting.asset("app.css") == "/static/dist/app-1A2B.css"
