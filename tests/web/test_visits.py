"""The pages of the yearly visits: the plan of a year, the form of each step, and what a unit may read."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.models import Case as CaseRow
from app.models import VisitPlan, db
from tests.flows.office import PASSWORD, Person
from tests.flows.visiting import VisitOffice, build_visit_office
from tests.web.awards import opened
from tests.web.browser import Browser

PAGE = "/roster/visits"


@pytest.fixture
def office(app: Flask, session: Session) -> VisitOffice:
    """Return the office with those who visit the members of the roster."""
    return build_visit_office(app, session)


def browser_of(office: VisitOffice, who: Person) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(who.username, PASSWORD)
    return browser


def count(of: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(of)) or 0


def lines() -> list[VisitPlan]:
    db.session.rollback()
    return list(db.session.scalars(select(VisitPlan).order_by(VisitPlan.id)))


# -- the plan of a year ------------------------------------------------------------------------------------------------


def test_a_plan_is_drawn_up_begun_and_read(office: VisitOffice) -> None:
    first, second, third = office.lets_in(office.requesting, office.unit_named("甲公司"), office.unit_named("乙公司"))
    keeper = browser_of(office, office.keeper)
    page = keeper.gets(PAGE).text
    assert "没有回访计划" in page and "甲公司" in page and "还没有列入计划的名录单位" in page
    assert "乙公司（罗怡）" in keeper.gets(f"{PAGE}/new").text
    keeper.posts(f"{PAGE}/new", {"members": [first, second], "by_day": office.day(30), "visitor": ""})
    assert [(one.member_id, one.visitor_id) for one in lines()] == [
        (first, office.liaison.id),
        (second, office.liaison.id),
    ]
    page = keeper.gets(PAGE).text
    assert "未开始" in page and "全部下达" in page
    keeper.posts(f"{PAGE}/{lines()[1].id}/case")
    keeper.posts(f"{PAGE}/cases")
    assert count(CaseRow) == 2
    keeper.posts(f"{PAGE}/{lines()[0].id}/case", expects=409)
    assert count(CaseRow) == 2
    page = keeper.gets(PAGE).text
    assert "进行中" in page and "全部下达" not in page and third
    sheet = opened(keeper.gets(f"{PAGE}/export.xlsx").data)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[1] for row in rows] == ["名录单位", office.requesting.name, "甲公司", "乙公司"]
    assert [row[5] for row in rows] == ["状态", "进行中", "进行中", "未列入计划"]


def test_bad_input_of_the_plan_stands_beside_its_field(office: VisitOffice) -> None:
    (member,) = office.lets_in(office.requesting)
    keeper = browser_of(office, office.keeper)
    good = {"members": [member], "by_day": office.day(30), "visitor": ""}
    for changes, told in (
        ({"members": []}, "请选择单位"),
        ({"members": [999]}, "请从列表中选择"),
        ({"by_day": ""}, "请填写最迟在哪一日以前回访"),
        ({"by_day": office.day(-1)}, "不能早于今天"),
        ({"by_day": f"{clock.today().year + 1}-01-31"}, "年之内"),
        ({"visitor": office.clerk.id}, "请从列表中选择"),
    ):
        assert told in keeper.posts(f"{PAGE}/new", {**good, **changes}, expects=422).text
    assert count(VisitPlan) == 0


def test_a_line_is_changed_and_taken_out(office: VisitOffice) -> None:
    members = office.lets_in(office.requesting, office.unit_named("甲公司"))
    office.plans(*members)
    first, second = lines()
    keeper = browser_of(office, office.keeper)
    assert "罗怡" in keeper.gets(f"{PAGE}/{first.id}").text
    changed = {"visitor": office.other.id, "by_day": office.day(40)}
    assert "年之内" in keeper.posts(f"{PAGE}/{first.id}", {**changed, "by_day": "2199-01-01"}, expects=422).text
    keeper.posts(f"{PAGE}/{first.id}", changed)
    assert lines()[0].visitor_id == office.other.id
    gone = second.id
    keeper.posts(f"{PAGE}/{gone}/drop")
    assert len(lines()) == 1
    keeper.gets(f"{PAGE}/{gone}", expects=404)


def test_who_may_read_and_who_may_plan(office: VisitOffice) -> None:
    mine, others = office.lets_in(office.requesting, office.unit_named("甲公司"))
    office.lets_in(office.unit_named("别人的公司"), liaison=office.other)
    office.plans(mine, others)
    liaison = browser_of(office, office.liaison)
    page = liaison.gets(PAGE).text
    assert "甲公司" in page and "别人的公司" not in page and "列入计划</a>" not in page and "全部下达" not in page
    assert "别人的公司" in browser_of(office, office.officer).gets(PAGE).text
    assert "回访" in browser_of(office, office.director).gets(PAGE).text
    for person in (office.requester, office.clerk, office.admin):
        browser_of(office, person).gets(PAGE, expects=403)
    for path in (f"{PAGE}/new", f"{PAGE}/{lines()[0].id}"):
        liaison.gets(path, expects=403)
    liaison.posts(f"{PAGE}/{lines()[0].id}/case", expects=403)
    liaison.posts(f"{PAGE}/cases", expects=403)
    assert count(CaseRow) == 0
    assert "没有这一年度的数据" in liaison.gets(f"{PAGE}?year=1999", expects=422).text


def test_the_figures_of_a_year(office: VisitOffice) -> None:
    case = office.held(office.problem(), office.problem("培训太少", owner="district"))
    first, second = (one.id for one in office.row(case).problems)
    db.session.rollback()
    done = [{"problem": i, "answer": "已办", "closed_on": clock.today().isoformat()} for i in (first, second)]
    office.liaison.answers(case, "follow_up", problems=done)
    office.concludes(case, adjusts=True, adjustment="增加海外布局辅导")
    page = browser_of(office, office.keeper).gets(PAGE).text
    assert "4.00" in page and "增加海外布局辅导" in page and "已回访" in page
    assert "这一年的回访还没有发现问题" not in page


# -- the pages of the steps --------------------------------------------------------------------------------------------


def test_each_step_has_its_page(office: VisitOffice) -> None:
    case = office.begins()
    liaison, unit, keeper = (browser_of(office, p) for p in (office.liaison, office.requester, office.keeper))
    task = case.task("fix_visit", office.liaison)
    assert "来访人员" in liaison.gets(f"/tasks/{task}").text
    liaison.posts(
        f"/tasks/{task}", {"on": office.day(10), "who": "罗怡", "subjects": "政策意见\n专利导航", "remark": "上午去"}
    )
    task = case.task("visit_questionnaire", office.requester)
    page = unit.gets(f"/tasks/{task}").text
    assert "直联制度" in page and "专利导航" in page and "罗怡" in page and "上午去" not in page
    keys = ("liaison", "projects", "training", "visits", "policies")
    form = {f"scores-{n}-question": key for n, key in enumerate(keys)}
    form |= {f"scores-{n}-points": "5" for n in range(5)}
    form |= {"words-0-question": "opinions", "words-0-words": "很好", "words-1-question": "difficulties"}
    unit.posts(f"/tasks/{task}", form)
    task = case.task("record_visit", office.liaison)
    page = liaison.gets(f"/tasks/{task}").text
    assert "5.00" in page and "当面记录的满意度" not in page
    record = {"held_on": clock.today().isoformat(), "took_part": "罗怡", "summary": "听取了意见。", "minutes": "内部话"}
    problem = {"problems-0-what": "缺少海外布局", "problems-0-owner": "liaison", "problems-0-due_on": office.day(20)}
    liaison.posts(f"/tasks/{task}", {**record, **problem})
    for tab in ("", "?tab=answers", "?tab=clocks", "?tab=documents"):
        page = unit.gets(f"/cases/{case.id}{tab}").text
        assert "内部话" not in page and "缺少海外布局" not in page
    assert "听取了意见" in unit.gets(f"/cases/{case.id}").text
    page = keeper.gets(f"/cases/{case.id}").text
    assert "内部话" in page and "缺少海外布局" in page and "增加问题或者延长期限" in page
    assert "缺少海外布局" in keeper.gets(f"/cases/{case.id}?tab=answers").text
    keeper.gets(f"/cases/{case.id}/paper")
    keeper.gets(f"/cases/{case.id}?tab=diagram")
    assert "缺少海外布局" in keeper.gets(f"/cases/{case.id}/acts/amend_problems").text
    assert "林直联" in keeper.gets(f"/cases/{case.id}/acts/change_visitor").text
    task = case.task("follow_up", office.liaison)
    assert "缺少海外布局" in liaison.gets(f"/tasks/{task}").text


def test_a_visit_is_set_by_its_form(office: VisitOffice) -> None:
    office.member()
    keeper = browser_of(office, office.keeper)
    assert office.requesting.name in keeper.gets("/cases/new/visit").text
    browser_of(office, office.liaison).gets("/cases/new/visit", expects=403)
    form = {"member": office.member(), "year": clock.today().year, "by_day": office.day(30)}
    check = keeper.posts("/cases/new/visit", form).headers["Location"]
    assert "请核对" in keeper.gets(check).text
    keeper.posts("/cases/new/visit", {**form, "confirmed": "1"})
    assert count(CaseRow) == 1
