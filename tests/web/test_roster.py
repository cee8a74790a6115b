"""The roster over pages: batches with their board, the roster of a day, the file of a member, what is watched for."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.models import RosterBar, RosterBatch, db
from tests.conftest import Today
from tests.flows.office import PASSWORD, Person
from tests.flows.rostering import RosterOffice, build_roster_office
from tests.web.browser import Browser

PAGE = "/roster"
BATCHES = f"{PAGE}/batches"


@pytest.fixture
def office(app: Flask, session: Session) -> RosterOffice:
    """Return the office with those who keep the roster."""
    return build_roster_office(app, session)


def sits(office: RosterOffice, person: Person) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    return browser


def terms(office: RosterOffice, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "intake",
        "heading": "2026 年度培优名录",
        "opens_on": clock.today().isoformat(),
        "closes_on": (clock.today() + timedelta(days=10)).isoformat(),
        "places": "2",
        "shares-0-of": f"district:{office.districts[0].id}",
        "shares-0-least": "1",
        "shares-0-most": "",
        "notes": "按入库标准评审",
        **changes,
    }


def drawn_up(office: RosterOffice, keeper: Browser, **changes: Any) -> str:
    """Return the page of a draft."""
    return str(keeper.posts(f"{BATCHES}/new", terms(office, **changes)).headers["Location"])


def published(office: RosterOffice, **changes: Any) -> tuple[str, RosterBatch]:
    """Return the page of a published batch, and the batch."""
    keeper, director = sits(office, office.keeper), sits(office, office.director)
    page = drawn_up(office, keeper, **changes)
    keeper.posts(f"{page}/proposal")
    director.posts(f"{page}/publication")
    db.session.rollback()
    return page, db.session.get_one(RosterBatch, int(page.rpartition("/")[2]))


def test_a_batch_is_drawn_up_published_and_its_board_fills(office: RosterOffice, today: Today) -> None:
    page, batch = published(office)
    keeper = sits(office, office.keeper)
    told = keeper.gets(page).text
    assert "还没有单位自荐" in told and "保底 1" in told and "顺德区市场监督管理局" in told
    case = office.accepted(batch)
    told = keeper.gets(page).text
    assert case.number in told and "0 / 3" in told and "评分未齐" in told
    office.scores(case, 80, 85, 90)
    told = keeper.gets(page).text
    assert "3 / 3" in told and "85.00" in told and "按目前的评分" in told and "入围" in told
    keeper.posts(f"{page}/announcement", expects=303)
    assert "申报截止以后才能确定入围名单" in keeper.gets(page).text
    today.moves(days=11)
    keeper, director = sits(office, office.keeper), sits(office, office.director)
    keeper.posts(f"{page}/announcement")
    assert "公示中" in keeper.gets(page).text
    keeper.posts(f"{page}/announcement", expects=409)
    director.posts(f"{page}/conclusion", expects=409)
    office.notice_ends(batch)
    keeper, director = sits(office, office.keeper), sits(office, office.director)
    assert f"{page}/conclusion" not in keeper.gets(page).text
    keeper.posts(f"{page}/conclusion", expects=403)
    director.posts(f"{page}/conclusion")
    assert "已确定" in director.gets(page).text
    assert office.requesting.name in keeper.gets(PAGE).text


def test_a_draft_is_changed_sent_back_and_thrown_away(office: RosterOffice) -> None:
    keeper, director = sits(office, office.keeper), sits(office, office.director)
    page = drawn_up(office, keeper)
    assert "2026 年度培优名录" in keeper.gets(f"{page}/edit").text
    keeper.posts(f"{page}/edit", terms(office, heading="2026 年度培优名录（第一批）"))
    assert "（第一批）" in keeper.gets(page).text
    keeper.posts(f"{page}/proposal")
    director.posts(f"{page}/publication", {"send_back": "1"})
    keeper.posts(f"{page}/proposal", {"discard": "1"})
    keeper.gets(page, expects=404)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"closes_on": "2020-01-01"}, "截止日期"),
        ({"places": "0"}, "1"),
        ({"places": ""}, "请填写名额"),
        ({"shares-0-least": "3"}, "保底名额合计超过全部名额"),
        ({"shares-0-least": "2", "shares-0-most": "1"}, "保底名额不能小于 0，也不能多于上限"),
        ({"heading": ""}, "请填写名称"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(office: RosterOffice, changes: dict[str, str], told: str) -> None:
    keeper = sits(office, office.keeper)
    assert told in keeper.posts(f"{BATCHES}/new", terms(office, **changes), expects=422).text
    assert "还没有批次" in keeper.gets(BATCHES).text


def test_batches_are_for_who_keeps_leads_or_supervises_the_roster(office: RosterOffice) -> None:
    page, _ = published(office)
    for person in (office.clerk, office.requester, office.evaluators[0], office.liaisons[0], office.admin):
        sits(office, person).gets(page, expects=403)
    sits(office, office.supervisor).gets(page)
    sits(office, office.supervisor).gets(f"{BATCHES}/new", expects=403)
    sits(office, office.keeper).gets(f"{BATCHES}/99", expects=404)


def test_a_unit_is_taken_off_an_announced_shortlist(office: RosterOffice) -> None:
    page, batch = published(office)
    case = office.scored(batch)
    office.closes(batch)
    office.announces(batch)
    keeper = sits(office, office.keeper)
    line = f"{page}/lines/{case.id}/taking-out"
    keeper.posts(line)
    assert "请写明移出的理由" in keeper.gets(page).text
    keeper.posts(line, {"reason": "公示期间发现填报不实"})
    assert case.seen_by(office.requester)["state"] == "not_chosen"
    keeper.posts(line, {"reason": "公示期间发现填报不实"}, expects=409)


# -- the roster of a day ------------------------------------------------------------------------------------------------


def test_the_roster_of_a_day_is_shown_filtered_and_exported(office: RosterOffice) -> None:
    office.admitted(0, 1)
    keeper = sits(office, office.keeper)
    told = keeper.gets(PAGE).text
    assert office.requesting.name in told and office.responding.name in told and "第 1 版" in told
    before = keeper.gets(f"{PAGE}?day=2020-01-01").text
    assert office.requesting.name not in before and "这一天没有符合条件的单位" in before
    assert office.responding.name not in keeper.gets(f"{PAGE}?name={office.requesting.name[:4]}").text
    assert "这一天没有符合条件的单位" in keeper.gets(f"{PAGE}?district={office.districts[1].id}").text
    keeper.gets(f"{PAGE}?day=yesterday", expects=422)
    book = load_workbook(BytesIO(keeper.gets(f"{PAGE}/export.xlsx").data))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0][:2] == ["单位", "统一社会信用代码"] and len(rows) == 3
    assert rows[1][4].date() == clock.today()
    keeper.posts("/language", {"language": "en"})
    assert "Household appliances" in keeper.gets(PAGE).text


def test_the_file_of_a_member_is_for_its_own_people(office: RosterOffice) -> None:
    (member,) = office.admitted(0)
    page = f"{PAGE}/members/{member.id}"
    liaison = next(p for p in office.liaisons if p.id == member.liaison_id)
    other = next(p for p in office.liaisons if p is not liaison)
    for person in (office.keeper, liaison, office.director, office.requester):
        assert office.requesting.name in sits(office, person).gets(page).text
    for person in (other, office.respondent, office.clerk, office.evaluators[0]):
        sits(office, person).gets(page, expects=404)


def test_another_liaison_takes_over_what_is_in_hand(office: RosterOffice) -> None:
    (member,) = office.admitted(0)
    office.reviews()
    case = office.review_of(member)
    office.requester.answers(case, "self_report", **office.report())
    was = office.liaison(case)
    now = next(p for p in office.liaisons if p is not was)
    keeper = sits(office, office.keeper)
    page = f"{PAGE}/members/{member.id}"
    assert "请选择直联专员" in keeper.posts(f"{page}/liaison", {}, expects=422).text
    keeper.posts(f"{page}/liaison", {"liaison": str(now.id)})
    was.answers(case, "check_facts", 403, found="核实无误，没有失信记录")
    now.answers(case, "check_facts", found="核实无误，没有失信记录")
    sits(office, office.director).posts(f"{page}/liaison", {"liaison": str(now.id)}, expects=403)


def test_the_director_lets_a_member_go_that_asks_to(office: RosterOffice) -> None:
    (member,) = office.admitted(0)
    page = f"{PAGE}/members/{member.id}"
    director = sits(office, office.director)
    assert "请选择理由" in director.posts(f"{page}/departure", {"note": "单位来函"}, expects=422).text
    sits(office, office.keeper).posts(f"{page}/departure", {"exit": "gone", "note": "已注销"}, expects=403)
    director.posts(f"{page}/departure", {"exit": "its_own_wish", "note": "单位 3 月 20 日来函"})
    assert "已调出" in director.gets(page).text
    director.posts(f"{page}/departure", {"exit": "its_own_wish", "note": "单位 3 月 20 日来函"}, expects=409)
    assert "单位申请退出" in director.gets(PAGE).text


# -- what is watched for ------------------------------------------------------------------------------------------------


def test_what_bars_a_unit_is_entered_and_lifted(office: RosterOffice) -> None:
    office.admitted(0)
    keeper = sits(office, office.keeper)
    page = f"{PAGE}/bars"
    assert "没有登记的情形" in keeper.gets(page).text
    given = {
        "uscc": office.requesting.uscc,
        "kind": "abnormal",
        "first_day": clock.today().isoformat(),
        "source": "国家知识产权局通报",
    }
    keeper.posts(page, given)
    told = keeper.gets(page).text
    assert "国家知识产权局通报" in told and "在名录中" in told and "有效" in told
    keeper.posts(page, given, expects=409)
    assert "没有登记过这一代码的单位" in keeper.posts(page, {**given, "uscc": "91440606722473344C"}, expects=422).text
    assert "校验" in keeper.posts(page, {**given, "uscc": "914406067224733440"}, expects=422).text
    bar = db.session.scalars(select(RosterBar)).one().id
    keeper.posts(f"{page}/{bar}/lift")
    assert "请写明解除的理由" in keeper.gets(page).text
    keeper.posts(f"{page}/{bar}/lift", {"reason": "通报已经撤销"})
    assert "已解除" in keeper.gets(page).text
    keeper.posts(f"{page}/99/lift", {"reason": "没有这一条"}, expects=404)
    sits(office, office.liaisons[0]).gets(page, expects=403)


def test_cases_of_the_roster_show_what_they_are_about(office: RosterOffice) -> None:
    batch = office.batch()
    case = office.scored(batch)
    keeper = sits(office, office.keeper)
    told = keeper.gets(f"/cases/{case.id}").text
    assert "综合得分" in told and "抽签种子" in told and "85.00" in told
    own = sits(office, office.requester).gets(f"/cases/{case.id}").text
    assert "建立了知识产权管理制度" in own and "综合得分" not in own
    assert "符合入库标准" in keeper.gets(f"/cases/{case.id}?tab=answers").text
