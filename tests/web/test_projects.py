"""Projects over pages: the register of calls, what a unit sees and files, and how the years came out."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Project, ProjectCall, db
from tests.flows.matching import MatchingOffice, build_matching_office
from tests.flows.office import PASSWORD
from tests.web.awards import opened
from tests.web.browser import Browser

PAGE = "/roster/projects"
START = "/cases/new/project"
INSIDE = ("keeper", "liaison", "officer", "director", "supervisor")
OUTSIDE = ("requester", "respondent", "clerk", "mediator", "evaluator", "admin")


@pytest.fixture
def office(app: Flask, session: Session) -> MatchingOffice:
    """Return the office that matches projects."""
    return build_matching_office(app, session)


def browser_of(office: MatchingOffice, who: str) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(getattr(office, who).username, PASSWORD)
    return browser


def said(**changes: Any) -> dict[str, Any]:
    return {
        "heading": "2026 年省级高价值专利培育项目",
        "level": "provincial",
        "kind": "high_value",
        "industries": ["robots"],
        "conditions": "有发明专利二十件以上。",
        "places": "3",
        "opens_on": "2026-03-02",
        "closes_on": "2026-06-30",
        "link": "https://amr.gd.gov.cn/",
        **changes,
    }


def drafts() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ProjectCall)) or 0


# -- the register ------------------------------------------------------------------------------------------------------


def test_a_call_goes_from_the_draft_to_the_units(office: MatchingOffice) -> None:
    office.lets_in(office.requesting)
    liaison, keeper, unit = (browser_of(office, who) for who in ("liaison", "keeper", "requester"))
    assert "还没有项目通知" in liaison.gets(PAGE).text
    call = liaison.posts(PAGE, said()).headers["Location"]
    assert "工业机器人" in liaison.gets(call).text and "3 项，还剩 3 项" in liaison.gets(call).text
    liaison.posts(f"{call}/edit", said(places="5"))
    liaison.posts(f"{call}/proposal")
    assert "等待发布" in liaison.gets(call).text
    assert "目前没有适合的项目" in unit.gets("/projects").text
    keeper.posts(f"{call}/publication")
    told = unit.gets("/projects").text
    assert "绿色通道" in told and "2026 年省级高价值专利培育项目" in told and f"{START}?call=1" in told
    liaison.posts(f"{call}/edit", said(), expects=409)
    assert "1 家，已响应 0 家" in keeper.gets(PAGE).text


def test_a_draft_is_sent_back_or_thrown_away(office: MatchingOffice) -> None:
    liaison, keeper = browser_of(office, "liaison"), browser_of(office, "keeper")
    call = liaison.posts(PAGE, said()).headers["Location"]
    liaison.posts(f"{call}/proposal")
    keeper.posts(f"{call}/publication", {"send_back": "1"})
    assert "起草中" in liaison.gets(call).text
    liaison.posts(f"{call}/proposal", {"discard": "1"})
    liaison.gets(call, expects=404)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"heading": ""}, "请填写标题"),
        ({"kind": "lottery"}, "请从列表中选择"),
        ({"kind": "navigation"}, "只支持培优名录内的企业"),
        ({"places": "0"}, "应在 1 至"),
        ({"closes_on": "2026-02-01"}, "截止日期早于开始日期"),
        ({"opens_on": "2026-01-05", "closes_on": "2026-03-01"}, "截止日期已过"),
        ({"link": "javascript:alert(1)"}, "请填写完整的网址"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(office: MatchingOffice, changes: dict[str, Any], sentence: str) -> None:
    page = browser_of(office, "liaison").posts(PAGE, said(**changes), expects=422).text
    assert sentence in page and "有发明专利二十件以上" in page
    assert drafts() == 0


@pytest.mark.parametrize("who", OUTSIDE)
def test_the_register_is_not_for(office: MatchingOffice, who: str) -> None:
    call = office.calls()
    browser = browser_of(office, who)
    for path in (PAGE, f"{PAGE}/{call.id}", f"{PAGE}/export.xlsx", f"{PAGE}/tracking", f"{PAGE}/tracking.xlsx"):
        browser.gets(path, expects=403)
    browser.posts(PAGE, said(), expects=403)


@pytest.mark.parametrize("who", INSIDE)
def test_the_register_is_for(office: MatchingOffice, who: str) -> None:
    office.lets_in(office.requesting)
    call = office.calls()
    office.starts(call)
    browser = browser_of(office, who)
    for path in (PAGE, f"{PAGE}/{call.id}", f"{PAGE}/tracking"):
        browser.gets(path)
    assert opened(browser.gets(f"{PAGE}/export.xlsx").data)["B2"].value == call.title
    if who not in ("keeper", "liaison"):
        browser.gets(f"{PAGE}/new", expects=403)


def test_who_has_answered_is_told_to_those_who_may_see_it(office: MatchingOffice) -> None:
    office.lets_in(office.requesting)
    call = office.calls()
    case = office.starts(call)
    for who, sees in (("keeper", True), ("liaison", True), ("second_liaison", False), ("officer", False)):
        page = browser_of(office, who).gets(f"{PAGE}/{call.id}").text
        assert (case.number in page) is sees, who
    assert office.requesting.name in browser_of(office, "officer").gets(f"{PAGE}/{call.id}").text


# -- units -------------------------------------------------------------------------------------------------------------


def test_a_unit_files_from_the_call_and_is_shown_its_receipt(office: MatchingOffice) -> None:
    office.lets_in(office.requesting)
    call = office.calls()
    browser = browser_of(office, "requester")
    page = browser.gets(f"{START}?call={call.number}").text
    assert call.title in page
    answers = office.project(call)
    form = {**answers, "truth": "y"}
    check = browser.posts(START, form).headers["Location"]
    assert "请核对" in browser.gets(check).text
    case = browser.posts(START, {**form, "confirmed": "1"}).headers["Location"]
    page = browser.gets(case).text
    assert "绿色通道" in page and "申报单位" in page and "辅导中" in page
    assert "推荐名额" not in page, "how many others may be recommended is the office's own"
    assert "机器人减速器高价值专利培育" in browser.gets("/projects").text
    for tab in ("answers", "documents", "clocks", "diagram"):
        browser.gets(f"{case}?tab={tab}")
    browser.gets(f"{case}/paper")


def test_a_unit_that_is_not_on_the_roster_is_not_offered_what_is_for_members(office: MatchingOffice) -> None:
    office.calls(title="只限名录内的项目", members_only=True)
    office.calls(title="都可以申报的项目", industries=("robots",))
    page = browser_of(office, "respondent").gets("/projects").text
    assert "只限名录内的项目" not in page
    assert "都可以申报的项目" in page and "一般通道" in page
    assert "只限名录内的项目" not in browser_of(office, "respondent").gets(START).text


def test_the_page_of_units_is_for_units(office: MatchingOffice) -> None:
    for who in ("keeper", "clerk", "admin"):
        browser_of(office, who).gets("/projects", expects=403)


def test_the_steps_have_their_pages(office: MatchingOffice) -> None:
    office.lets_in(office.requesting)
    case = office.starts(office.calls(places=2))
    liaison = browser_of(office, "liaison")
    page = liaison.gets(f"/tasks/{case.task('guide_green', office.liaison)}").text
    assert "优先辅导（绿色通道）" in page and "项目内容" in page and "2 项，还剩 2 项" in page
    liaison.posts(
        f"/tasks/{case.task('guide_green', office.liaison)}",
        {"guidance": "revise", "notes": "请补充检索报告", "items": "补充检索报告"},
    )
    unit = browser_of(office, "requester")
    page = unit.gets(f"/cases/{case.id}").text
    assert "请单位修改完善" in page and "补充检索报告" in page
    unit.posts(f"/tasks/{case.task('revise_project', office.requester)}", {"explanation": "已补充"})
    assert office.row(case).revisions == 1
    office.guides(case)
    assert "推荐审查（绿色通道）" in browser_of(office, "keeper").gets("/workbench?queue=group").text


# -- how the years came out ----------------------------------------------------------------------------------------------


def test_the_results_are_told_and_exported(office: MatchingOffice) -> None:
    office.lets_in(office.requesting)
    keeper = browser_of(office, "keeper")
    assert "没有提交的项目" in keeper.gets(f"{PAGE}/tracking").text
    case = office.recommended(office.calls())
    office.reports(case)
    office.result(case, "funded", granted="300000.00", result_number="粤知〔2026〕5号")
    page = keeper.gets(f"{PAGE}/tracking?year=2026&level=provincial&district={office.district.id}").text
    assert office.district.name in page and "300,000" in page and "合计" in page
    sheet = opened(keeper.gets(f"{PAGE}/tracking.xlsx").data)
    assert [cell.value for cell in sheet[2]] == [2026, "省级", office.district.name, 1, 1, 1, 1, 1, 300000]
    assert "没有提交的项目" in keeper.gets(f"{PAGE}/tracking?year=2025").text
    keeper.gets(f"{PAGE}/tracking?level=village", expects=422)
    assert db.session.scalar(select(func.count()).select_from(Project)) == 1
