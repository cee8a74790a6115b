"""The programme at a glance: what leaders and each district see of targets, awards and budgets, and that the sums are right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from app import clock
from app.domain.roles import Role
from app.models import OrgUnit, TargetValue, User, db
from app.queries import programme as queries
from app.queries.programme import Line
from tests.flows.awarding import AwardOffice, build_award_office
from tests.flows.office import account
from tests.web.awards import browser_of
from tests.web.browser import Browser

PAGE = "/programme"
WATCHERS = ("director", "head", "supervisor", "keeper", "officer")


@pytest.fixture
def office(app: Flask) -> AwardOffice:
    """Return the office of awards with another district and who keeps the roster."""
    return with_more(app)


@pytest.fixture
def either_office(either_app: Flask) -> AwardOffice:
    """Return the same on SQLite, and again on PostgreSQL."""
    return with_more(either_app)


def with_more(app: Flask) -> AwardOffice:
    office = build_award_office(app, db.session())
    city = db.session.get_one(OrgUnit, office.unit.id)
    nanhai = OrgUnit(
        code="nanhai", name="南海区局", name_en="Nanhai", kind="district_bureau", region="440605", active=True
    )
    db.session.add_all(
        (
            nanhai,
            account("keeper", "吴雪琴", Role.ROSTER_MANAGER, city),
            account("tan", "谭耀辉", Role.DISTRICT_OFFICER, nanhai),
        )
    )
    db.session.commit()
    return office


def signed_in(office: AwardOffice, who: str) -> Browser:
    if who not in ("keeper", "tan"):
        return browser_of(office, who)
    browser = Browser(office.app)
    browser.logs_in(who)
    return browser


def charts(page: str) -> list[dict[str, Any]]:
    return [json.loads(unescape(told)) for told in re.findall(r"data-chart='([^']*)'", page)]


def series(page: str, name: str) -> list[float | None]:
    """Return the values of the first series with this name."""
    return next(s["values"] for chart in charts(page) for s in chart["series"] if s["name"] == name)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Count what the database is asked."""
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    yield asked
    event.remove(db.engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("who", WATCHERS)
def test_who_watches_the_programme_reads_an_empty_year(office: AwardOffice, who: str) -> None:
    page = signed_in(office, who).gets(PAGE).text
    assert "培优工程总览" in page and "这一年还没有申报" in page and 'aria-current="page">总览' in page
    assert ("预算执行" in page) is (who != "officer")


@pytest.mark.parametrize("who", ["reviewer", "purse", "clerk", "mediator", "expert", "requester", "admin"])
def test_nobody_else_does(office: AwardOffice, who: str) -> None:
    browser = signed_in(office, who)
    browser.gets(PAGE, expects=403)
    if who in ("reviewer", "purse"):
        assert PAGE not in browser.gets("/targets").text


def test_what_came_of_a_year_is_summed_by_award_and_district(either_office: AwardOffice) -> None:
    office = either_office
    call = office.calls("AW02", "AW03", "AW11")
    paid, approved = office.supported(call, "AW02"), office.supported(call, "AW03")
    office.applies(call, "AW11")
    office.paid(paid)
    office.approved(approved)
    found = queries.awards(db.session(), 2026, None)
    assert found.whole == Line(3, 2, Decimal(3_000_000), Decimal(2_000_000))
    assert found.by_award["AW02"] == Line(1, 1, Decimal(2_000_000), Decimal(2_000_000))
    assert found.by_award["AW03"] == Line(1, 1, Decimal(1_000_000), Decimal(0))
    assert found.by_award["AW11"] == Line(received=1)
    assert list(found.by_district) == [office.district.id]
    assert queries.awards(db.session(), 2025, None).whole == Line()
    page = signed_in(office, "director").gets(PAGE).text
    assert series(page, "收到的申报") == [1, 1, 1] and series(page, "拨付金额") == [200.0, 0.0, 0.0]
    assert series(page, "预算") == [2000.0] and series(page, "已承诺") == [300.0]
    for told in ("3,000,000 元", "2,000,000 元", "17,000,000 元", "AW11 "):
        assert told in page
    english = signed_in(office, "director")
    english.posts("/language", {"language": "en"})
    assert "CNY 3,000,000" in english.gets(PAGE).text


def confirmed(year: int, unit_id: int, value: int) -> None:
    """Enter a confirmed number of inventions in force (K04) of a district."""
    reporter, leader = (db.session.scalars(select(User).where(User.username == name)).one() for name in ("tan", "head"))
    who = {"reported_by_id": reporter.id, "decided_by_id": leader.id, "state": "confirmed"}
    at = {"reported_at": clock.now(), "decided_at": clock.now()}
    db.session.add(TargetValue(target_id="K04", year=year, unit_id=unit_id, value=Decimal(value), **who, **at))
    db.session.commit()


def test_targets_stand_against_their_plans_in_the_city_and_in_each_district(office: AwardOffice) -> None:
    nanhai = db.session.scalars(select(OrgUnit.id).where(OrgUnit.code == "nanhai")).one()
    leader = signed_in(office, "director")
    assert "2025 年</a>" not in leader.gets(PAGE).text
    confirmed(2025, office.district.id, 20_000)
    confirmed(2025, nanhai, 15_000)
    assert f'href="{PAGE}?year=2025"' in leader.gets(PAGE).text
    page = leader.gets(f"{PAGE}?year=2025").text
    assert charts(page)[0]["places"] == ["K04 累计有效发明专利"]
    assert series(page, "已确认（占计划的百分数）") == [111.1] and series(page, "计划") == [100.0]
    assert "35,000" in page and "已达到 · 111.1%" in page
    stacked = next(chart for chart in charts(page) if chart["stacked"])
    assert stacked["places"] == ["南海区局", "顺德区市场监督管理局"]
    assert sum(one["values"][0] for one in stacked["series"]) == sum(one["values"][1] for one in stacked["series"])
    own = signed_in(office, "tan").gets(f"{PAGE}?year=2025").text
    assert "15,000" in own and "20,000" not in own and "35,000" not in own


def test_a_district_sees_its_own_alone(office: AwardOffice) -> None:
    call = office.calls("AW02")
    office.approved(office.supported(call, "AW02"))
    own, other = signed_in(office, "officer"), signed_in(office, "tan")
    page = own.gets(PAGE).text
    assert "2,000,000 元" in page and "预算执行" not in page and "南海区局" not in page
    assert "这一年还没有申报" in other.gets(PAGE).text
    other.gets(f"{PAGE}?unit={office.district.id}", expects=422)
    leader = signed_in(office, "head")
    assert "2,000,000 元" in leader.gets(f"{PAGE}?unit={office.district.id}").text


@pytest.mark.parametrize("query", ["year=1999", "year=x", "unit=99", "unit=x"])
def test_what_is_not_there_is_refused_in_a_sentence(office: AwardOffice, query: str) -> None:
    signed_in(office, "director").gets(f"{PAGE}?{query}", expects=422)


def test_however_many_applications_there_are_the_same_is_asked(office: AwardOffice) -> None:
    call = office.calls("AW02", "AW03", "AW11")
    office.applies(call, "AW02")
    director = signed_in(office, "director")
    director.gets(PAGE)
    with counted() as few:
        director.gets(PAGE)
    office.approved(office.supported(call, "AW03"))
    office.applies(call, "AW11")
    with counted() as many:
        director.gets(PAGE)
    assert len(many) == len(few) < 40
    with counted() as asked:
        queries.awards(db.session(), 2026, None)
    assert len(asked) == 3
