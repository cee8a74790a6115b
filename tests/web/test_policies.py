"""Policies as officials publish them, as anybody reads them, and as units answer what is pushed to them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.models import PolicyPush, PublishedPolicy, db
from tests.factories import awards
from tests.factories.policies import lets_in, published
from tests.flows.office import PASSWORD, PDF, Office
from tests.flows.programme import Programme, populate
from tests.web.browser import Browser
from tests.web.test_chinese_on_english_pages import unmarked

DESK = "/published-policies"
NAMES = ("谢敏仪", "林建华", "何云", "谭耀辉", "吴雪琴")


@pytest.fixture
def programme(office: Office) -> Programme:
    return populate(office)


def browser(programme: Programme, name: str) -> Browser:
    found = Browser(programme.office.app)
    found.logs_in(name, PASSWORD)
    return found


def stranger(programme: Programme) -> Browser:
    return Browser(programme.office.app)


def said(**changes: Any) -> dict[str, Any]:
    return {
        "heading": "佛山市知识产权资助办法",
        "level": "city",
        "issuer": "佛山市市场监督管理局",
        "document_number": "佛市监〔2026〕8号",
        "topics": ["patents", "awards"],
        "issued_on": "2026-01-05",
        "valid_until": "2028-12-31",
        "summary": "对获得专利奖的单位给予资助。",
        "link": "https://www.foshan.gov.cn/zwgk/8.html",
        "industries": [],
        "districts": [],
        "pushes": "y",
        **changes,
    }


def drawn_up(reviewer: Browser, **changes: Any) -> str:
    return reviewer.posts(DESK, said(**changes)).headers["Location"]


def member(programme: Programme) -> int:
    office = programme.office
    return lets_in(office.requesting, programme.unit("nanhai"), "appliances", office.director.id).id


def put_out(programme: Programme, **changes: Any) -> PublishedPolicy:
    return published(programme.people["xieminyi"], programme.people["director"], **changes)


def pushed() -> PolicyPush:
    db.session.rollback()
    return db.session.scalars(select(PolicyPush)).one()


# -- the register ------------------------------------------------------------------------------------------------------


def test_a_policy_goes_from_the_draft_to_the_public(programme: Programme) -> None:
    reviewer, director = browser(programme, "xieminyi"), browser(programme, "director")
    assert "还没有政策" in reviewer.gets(DESK).text
    reviewer.gets(f"{DESK}/new")
    page = drawn_up(reviewer, files=(BytesIO(PDF), "全文.pdf"))
    reviewer.gets(f"{page}/edit")
    file_id = db.session.scalars(select(PublishedPolicy)).one().files[0].id
    reviewer.posts(f"{page}/edit", said(summary="对获得专利奖的单位给予资助，每项最高 50 万元。", files=str(file_id)))
    assert reviewer.gets(f"{page}/files/{file_id}").data == PDF
    reviewer.posts(f"{page}/proposal")
    assert "等待部门负责人发布" in reviewer.gets(page).text
    visitor = stranger(programme)
    assert "还没有发布的政策" in visitor.gets("/policies").text
    for path in ("/policies/1", f"/policies/1/files/{file_id}"):
        visitor.gets(path, expects=404)
    director.posts(f"{page}/publication")
    assert "佛市监〔2026〕8号" in visitor.gets("/policies").text
    shown = visitor.gets("/policies/1").text
    for told in (
        "每项最高 50 万元",
        "2028年12月31日",
        "https://www.foshan.gov.cn/zwgk/8.html",
        "专利、奖励资助",
        "全部产业",
        "全市",
    ):
        assert told in shown, told
    assert visitor.gets(f"/policies/1/files/{file_id}").data == PDF
    visitor.gets("/policies/1/files/99999", expects=404)
    reviewer.posts(f"{page}/edit", said(), expects=409)
    director.posts(f"{page}/publication", expects=409)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"heading": ""}, "请填写标题"),
        ({"heading": "长" * 201}, "最多 200 字"),
        ({"level": "world"}, "请从列表中选择"),
        ({"topics": []}, "请至少选择一个主题"),
        ({"topics": ["magic"]}, "请从列表中选择"),
        ({"issued_on": "2027-01-01"}, "不能晚于今天"),
        ({"issued_on": "soon"}, "请填写日期"),
        ({"valid_until": "2026-01-05"}, "应当晚于发文日期"),
        ({"valid_until": "2026-02-01"}, "这一日期已过"),
        ({"link": "javascript:alert(1)"}, "https:// 开头"),
        ({"calls_for_projects": "y"}, "应当写明申报截止日期"),
        ({"calls_for_projects": "y", "closes_on": "2026-02-01"}, "这一日期已过"),
        ({"summary": ""}, "请填写摘要"),
        ({"districts": ["999"]}, "请从列表中选择"),
        ({"industries": ["magic"]}, "请从列表中选择"),
        ({"replaces": "7"}, "请从列表中选择"),
        ({"files": "999999"}, "没有上传成功"),
        ({"files": (BytesIO(b"MZ\x90\x00"), "程序.exe")}, "程序.exe"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_keeps_nothing(
    programme: Programme, changes: dict[str, Any], sentence: str
) -> None:
    reviewer = browser(programme, "xieminyi")
    assert sentence in reviewer.posts(DESK, said(**changes), expects=422).text
    assert db.session.scalars(select(PublishedPolicy)).all() == []


def test_a_draft_is_sent_back_or_thrown_away(programme: Programme) -> None:
    keeper, director = browser(programme, "wuxueqin"), browser(programme, "director")
    page = drawn_up(keeper)
    keeper.posts(f"{page}/proposal")
    director.posts(f"{page}/publication", {"send_back": "1"})
    keeper.posts(f"{page}/proposal", {"discard": "1"})
    keeper.gets(page, expects=404)


def test_a_policy_is_repealed_with_a_day_and_a_reason(programme: Programme) -> None:
    put_out(programme)
    director, reviewer = browser(programme, "director"), browser(programme, "xieminyi")
    page = f"{DESK}/{db.session.scalars(select(PublishedPolicy.id)).one()}"
    reviewer.posts(f"{page}/repeal", {"ended_on": "2026-03-02", "reason": "x"}, expects=403)
    for wrong, why in (
        ({"ended_on": "", "reason": "x"}, "请填写日期"),
        ({"ended_on": "2026-01-05", "reason": "x"}, "应当晚于发文日期"),
        ({"ended_on": "2026-03-02", "reason": ""}, "请写明废止的依据"),
    ):
        assert why in director.posts(f"{page}/repeal", wrong, expects=422).text
    told = {"ended_on": "2026-03-02", "reason": "佛府〔2026〕9号"}
    director.posts(f"{page}/repeal", told)
    director.posts(f"{page}/repeal", told, expects=409)
    visitor = stranger(programme)
    assert "知识产权资助办法" not in visitor.gets("/policies").text
    assert "已废止" in visitor.gets("/policies?standing=ended").text
    assert "佛府〔2026〕9号" in visitor.gets("/policies/1").text


def test_a_new_policy_leads_to_the_old_one_and_back(programme: Programme) -> None:
    old = put_out(programme)
    put_out(programme, title="新办法", replaces=old.id)
    visitor = stranger(programme)
    assert 'href="/policies/2"' in visitor.gets("/policies/1").text
    assert 'href="/policies/1"' in visitor.gets("/policies/2").text


def test_policies_are_looked_for(programme: Programme) -> None:
    put_out(programme)
    visitor = stranger(programme)
    assert "没有符合条件的政策" in visitor.gets("/policies?text=导航").text
    assert "知识产权资助办法" in visitor.gets("/policies?level=city&topic=patents&text=专利奖&standing=all").text
    for wrong in ("level=world", "topic=magic", "standing=maybe", "cursor=x"):
        visitor.gets(f"/policies?{wrong}", expects=422)


@pytest.mark.parametrize("name", ["clerk", "requester", "admin"])
def test_nobody_else_finds_the_desk(programme: Programme, name: str) -> None:
    put_out(programme)
    other = browser(programme, name)
    for path in (DESK, f"{DESK}/new", f"{DESK}/1", "/policies/1/pushes", "/policies/1/pushes.xlsx"):
        other.gets(path, expects=403)
    for path in (DESK, f"{DESK}/1/edit", f"{DESK}/1/publication", f"{DESK}/1/repeal", "/policies/1/pushes"):
        other.posts(path, {}, expects=403)
    stranger(programme).gets(DESK, expects=303)


# -- subscriptions -----------------------------------------------------------------------------------------------------


def test_somebody_subscribes_and_is_told(programme: Programme) -> None:
    clerk, visitor = browser(programme, "clerk"), stranger(programme)
    assert "登录以后可以按主题订阅" in visitor.gets("/policies").text
    visitor.posts("/policies/subscription", {"subscribed": ["patents"]}, expects=303)
    clerk.posts("/policies/subscription", {"subscribed": ["magic"]}, expects=422)
    clerk.posts("/policies/subscription", {"subscribed": ["patents", "finance"]})
    assert clerk.gets("/policies").text.count(" checked") == 2
    put_out(programme, calls_for_projects=True, closes_on=datetime(2026, 3, 31).date())
    assert "申报截止日期 2026年3月31日" in clerk.gets("/messages").text
    clerk.posts("/policies/subscription", {})
    assert " checked" not in clerk.gets("/policies").text


# -- pushes ------------------------------------------------------------------------------------------------------------


def test_a_unit_is_sent_a_policy_and_answers(programme: Programme) -> None:
    member(programme)
    put_out(programme)
    unit, keeper = browser(programme, "requester"), browser(programme, "wuxueqin")
    assert "请查看并给出回执" in unit.gets("/messages").text
    assert "请给出回执" in unit.gets("/policies/1").text
    page = f"/policies/received/{pushed().id}"
    assert page in unit.gets("/policies/received").text
    assert "对获得专利奖的单位给予资助" in unit.gets(page).text
    assert "请选择本单位的意见" in unit.posts(page, {"answer": ""}, expects=422).text
    unit.posts(page, {"answer": "maybe"}, expects=422)
    receipt = {"answer": "will_apply", "note": "请辅导材料"}
    unit.posts(page, receipt)
    unit.posts(page, receipt, expects=409)
    assert "拟申报" in unit.gets("/policies/1").text
    browser(programme, "respondent").gets(page, expects=404)
    browser(programme, "respondent").posts(page, receipt, expects=404)
    shown = keeper.gets("/policies/1/pushes").text
    assert "顺德美誉电器" in shown and "请辅导材料" in shown and "南海区市场监督管理局" in shown
    book = load_workbook(BytesIO(keeper.gets("/policies/1/pushes.xlsx").data)).active
    assert [cell.value for cell in book[2]][6:8] == ["拟申报", "请辅导材料"]
    assert ">1<" in keeper.gets(DESK).text.replace("\n", "")


def test_whoever_keeps_the_roster_pushes_on_demand(programme: Programme) -> None:
    put_out(programme, pushes=False)
    keeper, liaison = browser(programme, "wuxueqin"), browser(programme, "luoyi")
    assert "没有相符的单位" in keeper.gets("/policies/1/pushes").text
    member(programme)
    assert "有 1 家相符的单位" in keeper.gets("/policies/1/pushes").text
    assert "还没有推送给您负责的单位" in liaison.gets("/policies/1/pushes").text
    liaison.posts("/policies/1/pushes", expects=403)
    keeper.posts("/policies/1/pushes")
    keeper.posts("/policies/1/pushes")  # there is nobody left: told, and nothing changed
    assert pushed().answer is None
    keeper.posts("/policies/7/pushes", expects=404)


def test_a_call_for_awards_is_pushed_too(programme: Programme) -> None:
    member(programme)
    awards.published(programme.people["xieminyi"], programme.people["director"])
    keeper, unit = browser(programme, "wuxueqin"), browser(programme, "requester")
    assert "/awards/calls/1/pushes" in keeper.gets(DESK).text
    keeper.posts("/awards/calls/1/pushes")
    assert "顺德美誉电器" in keeper.gets("/awards/calls/1/pushes").text
    keeper.gets("/awards/calls/1/pushes.xlsx")
    assert 'href="/awards/calls/1"' in unit.gets(f"/policies/received/{pushed().id}").text


def test_a_unit_that_is_not_on_the_roster_is_told_so(programme: Programme) -> None:
    assert "没有推送给本单位的政策" in browser(programme, "requester").gets("/policies/received").text
    browser(programme, "clerk").gets("/policies/received", expects=403)


# -- in English --------------------------------------------------------------------------------------------------------


def test_what_is_chinese_on_a_page_in_english_is_said_to_be(programme: Programme) -> None:
    member(programme)
    old = put_out(programme)
    put_out(programme, title="新办法", replaces=old.id, industries=(), link="https://www.foshan.gov.cn/8")
    unit, director, visitor = browser(programme, "requester"), browser(programme, "director"), stranger(programme)
    keeper = browser(programme, "wuxueqin")
    draft = drawn_up(browser(programme, "xieminyi"))
    for reader in (unit, director, visitor, keeper):
        reader.posts("/language", {"language": "en"})
    first = db.session.scalars(select(PolicyPush.id).order_by(PolicyPush.id)).first()
    unit.posts(f"/policies/received/{first}", {"answer": "noted", "note": "已传达"})
    public = ("/policies", "/policies?standing=all", "/policies/1", "/policies/2")
    pages = [(visitor, path) for path in public]
    pages += [(unit, path) for path in (*public, "/policies/received", f"/policies/received/{first}")]
    pages += [(director, path) for path in (DESK, draft, f"{DESK}/{old.id}", "/policies/1/pushes")]
    pages += [(keeper, path) for path in (f"{DESK}/new", f"{draft}/edit", "/policies/2/pushes")]
    for reader, path in pages:
        text = reader.gets(path).text
        told = [found for found in unmarked(text) if not any(name in found for name in NAMES)]
        assert told == [], path
