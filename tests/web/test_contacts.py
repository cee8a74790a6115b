"""The ledger of contacts and the service package over pages: for the liaison, for the unit, and for nobody else."""

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
from app.models import Contact, PackageItem, db
from tests.flows.assisting import WANTED, LiaisonOffice, build_liaison_office
from tests.flows.office import PASSWORD, PDF, Person
from tests.web.browser import Browser

PAGE = "/roster/contacts"


@pytest.fixture
def office(app: Flask, session: Session) -> LiaisonOffice:
    """Return the office with those who are there for the members of the roster."""
    return build_liaison_office(app, session)


def browser_of(office: LiaisonOffice, who: Person) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(who.username, PASSWORD)
    return browser


def visit(office: LiaisonOffice, **changes: Any) -> dict[str, Any]:
    good = {
        "kind": "visit",
        "held_on": clock.today().isoformat(),
        "members": [str(office.member_id)],
        "took_part": "林直联；总经理赵某",
        "summary": "走访了解质押融资需求",
        "minutes": "单位希望对接两家银行，内部记录。",
    }
    return {**good, **changes}


def entries() -> list[Contact]:
    db.session.rollback()
    return list(db.session.scalars(select(Contact).order_by(Contact.id)))


def test_a_liaison_enters_a_contact_notes_the_promise_as_kept_and_corrects_it(office: LiaisonOffice) -> None:
    liaison = browser_of(office, office.liaison)
    told = liaison.gets(PAGE).text
    assert "没有登记的联络" in told and office.requesting.name in told
    liaison.gets(f"{PAGE}/new?member={office.member_id}")
    due = (clock.today() + timedelta(days=7)).isoformat()
    data = visit(office, promised="联系银行", due_on=due, files=(BytesIO(PDF), "记录.pdf"))
    page = liaison.posts(f"{PAGE}/new", data).headers["Location"]
    told = liaison.gets(page).text
    assert "待办结" in told and "记录.pdf" in told
    entry = entries()[0]
    assert liaison.gets(f"{page}/files/{entry.files[0].id}").data == PDF
    liaison.posts(f"{page}/done", {"done_on": "2020-01-01"}, expects=422)
    liaison.posts(f"{page}/done", {"done_on": clock.today().isoformat()})
    liaison.posts(f"{page}/done", {"done_on": clock.today().isoformat()}, expects=409)
    assert "已办结" in liaison.gets(page).text
    corrected = visit(office, minutes="单位希望对接三家银行。")
    liaison.gets(f"{page}/correction")
    liaison.posts(f"{page}/correction", corrected, expects=422)
    after = liaison.posts(f"{page}/correction", {**corrected, "reason": "数字有误"}).headers["Location"]
    assert "更正之前" in liaison.gets(after).text
    assert "这条登记已被更正" in liaison.gets(page).text
    liaison.gets(f"{page}/correction", expects=409)
    liaison.posts(f"{page}/correction", {**corrected, "reason": "数字有误"}, expects=409)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": "2099-01-01"}, "不能晚于今天"),
        ({"members": []}, "请选择联络的单位"),
        ({"members": ["9999"]}, "请从列表中选择"),
        ({"promised": "联系银行"}, "请填写承诺的完成日期"),
        ({"kind": "letter"}, "请从列表中选择"),
    ],
)
def test_bad_input_has_a_sentence_beside_its_field(
    office: LiaisonOffice, changes: dict[str, Any], sentence: str
) -> None:
    page = browser_of(office, office.liaison).posts(f"{PAGE}/new", visit(office, **changes), expects=422)
    assert sentence in page.text
    assert entries() == []


def test_the_list_is_filtered_and_handed_out_as_a_spreadsheet(office: LiaisonOffice) -> None:
    keeper = browser_of(office, office.keeper)
    keeper.posts(f"{PAGE}/new", visit(office))
    keeper.posts(f"{PAGE}/new", visit(office), expects=409)
    keeper.posts(f"{PAGE}/new", visit(office, kind="phone", summary="电话答复政策问题"))
    told = keeper.gets(f"{PAGE}?kind=phone&member={office.member_id}").text
    assert "电话答复政策问题" in told and "走访了解质押融资需求" not in told
    keeper.gets(f"{PAGE}?kind=letter", expects=422)
    sheet = load_workbook(BytesIO(keeper.gets(f"{PAGE}/export.xlsx?kind=visit").data)).active
    assert [row[4] for row in sheet.iter_rows(values_only=True)] == ["内容摘要", "走访了解质押融资需求"]


def test_another_liaison_does_not_see_it_and_a_clerk_has_no_such_page(office: LiaisonOffice) -> None:
    page = browser_of(office, office.liaison).posts(f"{PAGE}/new", visit(office)).headers["Location"]
    second = browser_of(office, office.second_liaison)
    assert "走访了解质押融资需求" not in second.gets(PAGE).text
    second.gets(page, expects=404)
    browser_of(office, office.director).gets(page)
    browser_of(office, office.clerk).gets(PAGE, expects=403)


def test_a_unit_reads_only_the_summary_of_what_is_shared(office: LiaisonOffice) -> None:
    liaison = browser_of(office, office.liaison)
    page = liaison.posts(f"{PAGE}/new", visit(office, shared="y")).headers["Location"]
    liaison.posts(f"{PAGE}/new", visit(office, summary="不共享的一次"))
    unit = browser_of(office, office.requester)
    told = unit.gets(PAGE).text
    assert "走访了解质押融资需求" in told and "林直联" in told
    assert "内部记录" not in told and "不共享的一次" not in told
    unit.gets(page, expects=403)
    unit.gets(f"{PAGE}/export.xlsx", expects=403)
    assert "还没有与您单位共享的联络" in browser_of(office, office.respondent).gets(PAGE).text


def test_services_are_agreed_reported_and_read_by_the_unit(office: LiaisonOffice) -> None:
    page = f"/roster/members/{office.member_id}/package"
    liaison = browser_of(office, office.liaison)
    assert "还没有约定服务" in liaison.gets(page).text
    until = (clock.today() + timedelta(days=30)).isoformat()
    item = {"service": "pledge", "what": "对接两家银行", "until": until, "note": ""}
    assert "不能早于今天" in liaison.posts(page, {**item, "until": "2020-01-01"}, expects=422).text
    liaison.posts(page, item)
    liaison.posts(page, item, expects=409)
    found = db.session.scalars(select(PackageItem)).one()
    assert "对接两家银行" in liaison.gets(f"{page}/{found.id}").text
    progress = {"state": "done", "note": "银行已经放款"}
    liaison.posts(f"{page}/{found.id}", {"state": "lost"}, expects=422)
    liaison.posts(f"{page}/{found.id}", progress)
    liaison.posts(f"{page}/{found.id}", progress, expects=409)
    unit = browser_of(office, office.requester)
    told = unit.gets(page).text
    assert "已完成" in told and "银行已经放款" in told and "加入服务包" not in told
    unit.posts(page, item, expects=403)
    unit.gets(f"{page}/{found.id}", expects=403)
    for stranger in (office.respondent, office.second_liaison, office.clerk):
        browser_of(office, stranger).gets(page, expects=404)


def test_a_member_finds_the_way_and_asks_for_help(office: LiaisonOffice) -> None:
    unit = browser_of(office, office.requester)
    told = unit.gets("/matters").text
    assert "/cases/new/assistance" in told and f"/roster/members/{office.member_id}/package" in told
    assert "/cases/new/assistance" not in browser_of(office, office.respondent).gets("/matters").text
    assert "登记诉求" in unit.gets("/cases/new/assistance").text


def test_the_pages_of_a_request_show_what_is_asked_and_answered(office: LiaisonOffice) -> None:
    case = office.assigned()
    task = case.task("handle_assistance", office.liaison)
    liaison = browser_of(office, office.liaison)
    assert WANTED in liaison.gets(f"/tasks/{task}").text
    liaison.posts(f"/tasks/{task}", {"handling": "answer", "answer": "已对接两家银行。"})
    unit = browser_of(office, office.requester)
    told = unit.gets(f"/cases/{case.id}").text
    assert "已对接两家银行。" in told and "申报单位" in told
    assert "已对接两家银行。" in unit.gets(f"/cases/{case.id}/paper").text
    rate = case.task("rate_assistance", office.requester)
    assert "5 分，非常满意" in unit.gets(f"/tasks/{rate}").text
    keeper = browser_of(office, office.keeper)
    for tab in ("answers", "documents", "clocks", "diagram"):
        keeper.gets(f"/cases/{case.id}?tab={tab}")
    keeper.gets(f"/cases/{case.id}/acts/withdraw_assistance")


def test_a_liaison_registers_a_request_for_a_member_and_follows_it(office: LiaisonOffice) -> None:
    liaison = browser_of(office, office.liaison)
    told = liaison.gets("/cases/new/assistance").text
    assert office.requesting.name in told
    answers = {"organization": str(office.requesting.id), "need": "policy", "wanted": WANTED}
    assert "至少" in liaison.posts("/cases/new/assistance", {**answers, "wanted": "帮忙"}, expects=422).text
    liaison.posts("/cases/new/assistance", answers)
    liaison.gets("/cases/new/assistance/check")
    page = liaison.posts("/cases/new/assistance", {**answers, "confirmed": "y"}).headers["Location"]
    assert "待派单" in liaison.gets(page).text
    second = browser_of(office, office.second_liaison)
    assert office.requesting.name not in second.gets("/cases/new/assistance").text
    second.gets(page, expects=404)
    browser_of(office, office.clerk).gets("/cases/new/assistance", expects=403)


def test_who_is_not_on_the_roster_reads_so_beside_the_field(office: LiaisonOffice) -> None:
    unit = browser_of(office, office.respondent)
    answers = {"organization": str(office.responding.id), "need": "policy", "wanted": WANTED, "confirmed": "y"}
    told = unit.posts("/cases/new/assistance", answers, expects=422).text
    assert "不在培优名录中，不能登记诉求" in told
