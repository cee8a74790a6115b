"""The pages of the award schedule and of what the programme leaves open."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.roles import Role
from app.models import AwardSchedule, OrgUnit, db
from app.queries import award_options, versions
from app.queries import award_schedule as queries
from app.web.award_options import FIELDS
from tests.flows.office import PASSWORD, Office, account
from tests.web.browser import Browser

PAGE = "/award-schedule"
LINE = f"{PAGE}/2/lines/AW05/2020-01-01"


@pytest.fixture
def reviewer(office: Office) -> Browser:
    db.session.add(account("xie", "谢敏仪", Role.REVIEWER, db.session.get_one(OrgUnit, office.unit.id)))
    db.session.commit()
    browser = Browser(office.app)
    browser.logs_in("xie", PASSWORD)
    return browser


@pytest.fixture
def director(office: Office) -> Browser:
    browser = Browser(office.app)
    browser.logs_in("director", PASSWORD)
    return browser


def line(**changes: Any) -> dict[str, Any]:
    return {
        "award": "AW05",
        "name": "驰名商标认定",
        "name_en": "Recognition of a well-known trademark",
        "since": "2020-01-01",
        "until": "",
        "mode": "per_item",
        "amount": "300000",
        "cap": "",
        "item": "mark",
        "applicants": ["enterprise"],
        "main_papers": ["recognition", "mark_certificate"],
        "secondary_papers": ["mark_changes"],
        "section": "二(一)5",
        "basis": "",
        **changes,
    }


def test_the_schedule_is_read_by_who_has_to_do_with_awards(office: Office, reviewer: Browser) -> None:
    told = reviewer.gets(PAGE).text
    assert "第 1 版" in told and "现行" in told and "随系统提供" in told
    shown = reviewer.gets(f"{PAGE}/1").text
    assert all(f"AW{n:02}" in shown for n in range(1, 21))
    assert "2,000,000" in shown and "不超过" in shown and "50%" in shown
    assert reviewer.gets(f"{PAGE}/1.dmn").data.startswith(b"<?xml")
    stranger = Browser(office.app)
    stranger.gets(PAGE, expects=303)
    for person in ("clerk", "requester"):
        other = Browser(office.app)
        other.logs_in(person, PASSWORD)
        other.gets(PAGE, expects=403)
    reviewer.gets(f"{PAGE}/99", expects=404)
    reviewer.gets(f"{PAGE}/1/lines/AW05/2019-01-01", expects=404)
    reviewer.posts("/language", {"language": "en"})
    assert "China Quality Award" in reviewer.gets(f"{PAGE}/1").text


def test_one_writes_and_another_publishes(reviewer: Browser, director: Browser) -> None:
    reviewer.posts(PAGE)
    assert "与第 1 版比较" in reviewer.gets(f"{PAGE}/2").text
    reviewer.gets(LINE)
    page = reviewer.posts(LINE, line(amount="", mode="percent", rate="120"), expects=422).text
    assert "比例应当大于 0" in page
    reviewer.posts(LINE, line(until="2026-12-31"))
    told = reviewer.posts(f"{PAGE}/2/lines/new", line(since="2027-01-02", amount="350000"))
    assert "没有标准" in reviewer.gets(f"{PAGE}/2").text  # the first of January is left out
    refused = reviewer.posts(f"{PAGE}/2/proposal", {"effective_from": "2026-12-01", "reason": "修订"}, expects=422).text
    assert "请先改正" in refused
    again = f"{PAGE}/2/lines/AW05/2027-01-02"
    reviewer.posts(again, line(since="2027-01-01", amount="350000"))
    reviewer.posts(f"{PAGE}/2/lines/new", line(since="2027-01-01"), expects=422)
    director.posts(f"{PAGE}/2/publication", expects=409)
    assert told.status_code == 303
    reviewer.posts(f"{PAGE}/2/proposal", {"effective_from": "2026-12-01", "reason": "佛知〔2026〕8号修订"})
    shown = reviewer.gets(f"{PAGE}/2").text
    assert "等待部门负责人发布" in shown
    reviewer.posts(LINE, line(), expects=409)
    reviewer.posts(f"{PAGE}/2/publication", expects=403)
    assert "350,000" in director.gets(f"{PAGE}/2").text
    director.posts(f"{PAGE}/2/publication")
    director.posts(f"{PAGE}/2/publication", expects=409)
    version = versions.numbered(db.session(), AwardSchedule, 2)
    assert version.state == "published" and len(queries.lines_of(version)) == 21
    reviewer.posts(PAGE)
    reviewer.posts(PAGE, expects=409)
    reviewer.posts(f"{PAGE}/3/lines/AW05/2027-01-01/drop")
    reviewer.posts(f"{PAGE}/3/discard")
    reviewer.gets(f"{PAGE}/3", expects=404)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"award": "5"}, "编号是两个大写字母"),
        ({"until": "2019-01-01"}, "截止日期早于"),
        ({"secondary_papers": ["recognition"]}, "不能既是主要材料"),
        ({"amount": "0"}, "应在 1 至"),
        ({"amount": "many"}, "请填写整数"),
        ({"applicants": []}, "请至少选择一类"),
        ({"mode": ""}, "请选择"),
        ({"cap": "1000"}, "年度上限低于"),
    ],
)
def test_a_line_that_cannot_be_changes_nothing(reviewer: Browser, changes: dict[str, Any], why: str) -> None:
    reviewer.posts(PAGE)
    before = versions.numbered(db.session(), AwardSchedule, 2).digest
    assert why in reviewer.posts(LINE, line(**changes), expects=422).text
    db.session.expire_all()
    assert versions.numbered(db.session(), AwardSchedule, 2).digest == before


def test_what_is_left_open_is_on_one_page_with_its_reason(reviewer: Browser, director: Browser) -> None:
    page = reviewer.gets("/award-options").text
    assert "默认：申报之日所在年度" in page and "由市局部门负责人修改" in page and "5 个工作日" in page
    assert all(f'name="{field}"' in director.gets("/award-options").text for field in FIELDS)
    now = {field: str(value) for field, value in zip(FIELDS, award_options.chosen(db.session()).values(), strict=True)}
    director.posts("/award-options", {**now, "award_notice_days": "3"}, expects=422)
    director.posts("/award-options", {**now, "award_notice_days": "7", "award_year": "payment"})
    found = award_options.chosen(db.session(), "award.notice_days", "award.year")
    assert found == {"award.notice_days": 7, "award.year": "payment"}
    reviewer.posts("/award-options", now, expects=403)
