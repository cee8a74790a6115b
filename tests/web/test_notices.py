"""Notices as anybody reads them, and an objection from the form to its answer, over HTTP."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from app.jobs import run_due
from app.models import AccessLog, Notice, Objection, ObjectionPaper, StoredFile, db
from app.services import notices, settings
from app.services.changing import changing
from app.web.notices import MOST
from tests.conftest import Today
from tests.factories import notices as some
from tests.flows.office import PDF, Office
from tests.web.browser import Browser

PAGE = "/notices/2026-1"
FORM = f"{PAGE}/object"
PAPERS = ("application", "identity", "proof")


@pytest.fixture
def happened(monkeypatch: pytest.MonkeyPatch) -> some.Happened:
    return some.follows(monkeypatch)


@pytest.fixture
def notice(office: Office, happened: some.Happened) -> Notice:
    some.staff(office)
    return some.put_up(title_en="First batch of awards of 2026")


@pytest.fixture
def stranger(office: Office) -> Browser:
    return Browser(office.app)


def signed_in(office: Office, who: str) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(who)
    return browser


def told(**changes: Any) -> dict[str, Any]:
    files = {name: (BytesIO(PDF), f"{name}.pdf") for name in PAPERS}
    return {
        "row": "app-2",
        "kind": "unit",
        "name": "佛山市某陶瓷有限公司",
        "uscc": some.USCC,
        "contact": "王小明",
        "phone": "138 0013 8000",
        "email": "",
        "reasons": "该专利的权利人是本公司，转让登记有误。",
        **files,
        **changes,
    }


def hidden(page: str) -> dict[str, Any]:
    """Return what the page of the answers once more would send."""
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page):
        found.setdefault(name, []).append(value)
    return {name: values for name, values in found.items() if name != "csrf_token"}


def checked(browser: Browser, **changes: Any) -> dict[str, Any]:
    page = browser.posts(FORM, told(**changes), expects=200).text
    assert "还没有提交" in page
    return {**hidden(page), "confirmed": "1"}


def files_one(browser: Browser, **changes: Any) -> str:
    assert browser.posts(FORM, checked(browser, **changes)).location == f"{PAGE}/receipt"
    found = re.search(r'id="receipt-number">(\w+)<', browser.gets(f"{PAGE}/receipt").text)
    assert found
    return found[1]


def how_many() -> tuple[int | None, ...]:
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Objection, ObjectionPaper))


# -- what anybody reads ------------------------------------------------------------------------------------------------


def test_without_notices_the_list_says_so(office: Office, stranger: Browser) -> None:
    page = stranger.gets("/notices").text
    assert "现在没有正在进行的公示" in page and "还没有结束的公示" in page
    assert "没有符合条件的公示" in stranger.gets("/notices?subject=roster_batch").text
    for path in (
        "/notices/2026-1",
        "/notices/1",
        "/notices/2026-0",
        "/notices/2026-1/object",
        "/notices/2026-1/receipt",
    ):
        stranger.gets(path, expects=404)
    stranger.gets("/notices?subject=tea", expects=422)
    stranger.gets("/notices?year=next", expects=422)


def test_a_notice_says_what_is_to_be_done_until_when_and_how_to_object(notice: Notice, stranger: Browser) -> None:
    listed = stranger.gets("/notices").text
    assert "2026 年第一批" in listed and "还剩 5 个工作日" in listed and "2026年3月2日至2026年3月6日" in listed
    page = stranger.gets(PAGE).text
    for said in (
        "佛知公示〔2026〕1号",
        "（5 个工作日，首尾两日计算在内）",
        "驰名商标认定",
        "张**",
        "300,000",
        "单位提出的",
        f'href="{FORM}"',
        str(settings.get(db.session(), "office.phone")),
    ):
        assert said in page
    assert 'data-label="金额（元）"' in page  # on a phone each cell says what it is
    stranger.posts("/language", {"language": "en"})
    english = stranger.gets(PAGE).text
    assert "First batch of awards of 2026" in english and "5 working days left" in english


def test_it_counts_down_and_stays_when_it_is_over(
    notice: Notice, office: Office, stranger: Browser, today: Today
) -> None:
    today.is_at("2026-03-06 23:59")
    assert "还剩最后 1 个工作日" in stranger.gets("/notices").text
    today.is_at("2026-03-07 00:00")
    for _ in range(2):  # before a job has run, and after
        page = stranger.gets(PAGE).text
        assert "公示期满" in page and "驰名商标认定" in page and f'href="{FORM}"' not in page
        over = stranger.gets(FORM).text
        assert "公示期已于2026年3月6日届满" in over and "<textarea" not in over
        assert "公示期满" in stranger.gets("/notices?year=2026&subject=award_batch").text
        run_due(db.session(), office.app.config["PEIYOU"])
    assert "2026年3月6日" in stranger.posts(FORM, told(), expects=422).text
    assert how_many() == (0, 0) and not db.session.scalars(select(StoredFile)).all()


def test_of_a_withdrawn_one_the_reason_stays_and_the_table_does_not(notice: Notice, stranger: Browser) -> None:
    with changing(db.session):
        notices.withdraw(db.session(), notice, reason="金额有误，更正后重新公示", by=some.user("xie"))
    page = stranger.gets(PAGE).text
    assert "金额有误" in page and "驰名商标认定" not in page
    assert "已撤回" in stranger.gets("/notices").text
    assert "这份公示已经撤回" in stranger.gets(FORM).text


# -- an objection ------------------------------------------------------------------------------------------------------


def test_an_objection_from_the_form_to_its_answer(
    office: Office, notice: Notice, stranger: Browser, happened: some.Happened
) -> None:
    form = checked(stranger)
    shown = stranger.posts(FORM, {**form, "change": "1"}, expects=200)
    changed = shown.text
    assert shown.headers["Cache-Control"] == "no-store"  # the next one at this computer goes back to nothing
    assert "转让登记有误" in changed and "application.pdf" in changed
    stranger.posts(FORM, form)
    again = stranger.posts(FORM, form, expects=409).text
    receipt = stranger.gets(f"{PAGE}/receipt").text
    [row] = db.session.scalars(select(Objection))
    assert row.receipt_number in receipt and row.receipt_number in again and how_many() == (1, 3)
    Browser(office.app).gets(f"{PAGE}/receipt", expects=404)

    looked = {"number": row.receipt_number, "tail": "8000"}
    assert "已收到" in stranger.posts("/progress", looked, expects=200).text
    stranger.posts("/progress", {**looked, "tail": "8001"}, expects=422)

    handler = signed_in(office, "xie")
    assert row.receipt_number in handler.gets("/objections").text
    page = handler.gets(f"/objections/{row.id}").text
    assert "138****8000" in page and "13800138000" not in page and "异议书" in page and "张**" in page
    paper = handler.gets(f"/objections/{row.id}/papers/{row.papers[0].file_id}")
    assert paper.data == PDF
    handler.posts(f"/objections/{row.id}/decision", {"outcome": "upheld", "answer": "属实"}, expects=409)
    handler.posts(f"/objections/{row.id}/accept")
    handler.posts(f"/objections/{row.id}/accept", expects=409)
    refused = handler.posts(f"/objections/{row.id}/decision", {"outcome": "upheld", "answer": ""}, expects=422)
    assert "请写明核实的情况" in refused.text
    handler.posts(f"/objections/{row.id}/decision", {"outcome": "upheld", "answer": "经核实属实，已更正权利人。"})
    assert "异议成立" in handler.gets(f"/objections/{row.id}").text
    assert row.receipt_number in handler.gets("/objections?shown=done").text
    assert "没有待办的异议" in handler.gets("/objections").text
    answer = stranger.posts("/progress", looked, expects=200).text
    assert "异议成立" in answer and "已更正权利人" in answer and "王小明" not in answer
    assert [batch for batch, _ in happened] == [7]


def test_four_object_and_nobody_is_refused_with_a_sentence_beside_each_field(
    office: Office, notice: Notice, stranger: Browser
) -> None:
    for n in range(4):
        files_one(stranger, name=f"佛山市第{n}陶瓷有限公司")
    before = how_many()
    nobody = {"row": "app-2", "reasons": "听说这家公司有问题", "phone": ""}
    page = Browser(office.app).posts(FORM, nobody, expects=422).text
    for sentence in (
        "请选择以单位还是以个人的名义提出",
        "异议应当实名提出",
        "请填写联系电话",
        "请上传书面异议书",
        "请上传单位的主体资格证明或者本人的身份证明",
        "请上传证明异议的材料",
    ):
        assert sentence in page
    assert "听说这家公司有问题" in page  # nothing typed is lost
    assert how_many() == before == (4, 12)
    Browser(office.app).posts(FORM, {**nobody, "confirmed": "1"}, expects=422)
    assert how_many() == before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"uscc": "91440606722473344D"}, "校验码"),
        ({"phone": "123"}, "固定电话应写明区号"),
        ({"kind": "individual", "resident_id": "1"}, "身份证号码应为 18 位"),
        ({"kind": "individual", "resident_id": ""}, "请填写本人的居民身份证号码"),
        ({"row": "app-9"}, "请从列表中选择"),
        ({"proof": (BytesIO(b"MZ\x90\x00 a program"), "程序.exe")}, "程序.exe"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    notice: Notice, stranger: Browser, changes: dict[str, Any], sentence: str
) -> None:
    page = stranger.posts(FORM, told(**changes), expects=422).text
    assert sentence in page and "转让登记有误" in page
    if "proof" not in changes:
        assert "proof.pdf" in page  # what was uploaded is kept, and need not be uploaded again
    assert how_many() == (0, 0)


def test_a_file_of_another_browser_cannot_be_named(office: Office, notice: Notice, stranger: Browser) -> None:
    theirs = some.brings("another-browser")
    form = {**checked(stranger), **{name: [str(n)] for name, n in zip(PAPERS, theirs, strict=True)}}
    assert "没有上传成功" in stranger.posts(FORM, form, expects=422).text
    assert how_many() == (0, 0)


def test_an_individual_is_known_by_a_number_that_nobody_sees_whole(
    office: Office, notice: Notice, stranger: Browser
) -> None:
    files_one(stranger, kind="individual", name="李四", resident_id=some.RESIDENT)
    [row] = db.session.scalars(select(Objection))
    handler = signed_in(office, "xie")
    page = handler.gets(f"/objections/{row.id}").text
    assert "110105********002X" in page and some.RESIDENT not in page
    path = f"/objections/{row.id}/protected/resident_id"
    assert some.RESIDENT not in handler.gets(path).text
    handler.posts(path, {"reason": ""}, expects=422)
    assert some.RESIDENT in handler.posts(path, {"reason": "核对身份证明"}, expects=200).text
    handler.gets(f"/objections/{row.id}/protected/phone_on_file", expects=404)
    assert db.session.scalars(select(AccessLog).where(AccessLog.kind == "objection_revealed")).one().user_id


def test_it_is_turned_down_with_a_ground_and_may_come_again(office: Office, notice: Notice, stranger: Browser) -> None:
    number = files_one(stranger)
    [row] = db.session.scalars(select(Objection))
    handler = signed_in(office, "xie")
    handler.posts(f"/objections/{row.id}/turn-down", {"ground": "", "answer": ""}, expects=422)
    handler.posts(f"/objections/{row.id}/turn-down", {"ground": "unsigned", "answer": "请加盖公章后再交"})
    handler.posts(f"/objections/{row.id}/turn-down", {"ground": "unsigned", "answer": "再来一次"}, expects=409)
    answer = stranger.posts("/progress", {"number": number, "tail": "8000"}, expects=200).text
    assert "不予受理" in answer and "没有加盖公章" in answer and "请加盖公章后再交" in answer
    assert files_one(stranger) != number


@pytest.mark.parametrize("who", ["wu", "clerk", "admin", "supervisor", "requester"])
def test_other_people_find_nothing(office: Office, notice: Notice, stranger: Browser, who: str) -> None:
    files_one(stranger)
    [row] = db.session.scalars(select(Objection))
    other = signed_in(office, who)
    file_id = row.papers[0].file_id
    for path in ("", "/protected/phone", f"/papers/{file_id}"):
        other.gets(f"/objections/{row.id}{path}", expects=404)
    for path in ("/accept", "/turn-down", "/decision"):
        other.posts(f"/objections/{row.id}{path}", {"ground": "unsigned", "answer": "不"}, expects=404)
    other.gets(f"/files/{file_id}", expects=404)
    if who == "wu":  # a roster manager has a queue of their own, and this is not in it
        assert "没有待办的异议" in other.gets("/objections").text
    else:
        other.gets("/objections", expects=403)
    assert db.session.get_one(Objection, row.id).state == "received"
    stranger.gets(f"/objections/{row.id}", expects=303)


def test_one_address_sends_the_form_so_often_and_no_more(notice: Notice, stranger: Browser) -> None:
    for _ in range(MOST):
        stranger.posts(FORM, {"name": "某人"}, expects=422)
    assert "操作过于频繁" in stranger.posts(FORM, told(), expects=429).text
    assert not db.session.scalars(select(StoredFile)).all()


def test_the_menu_leads_there(office: Office, notice: Notice, stranger: Browser) -> None:
    assert 'href="/notices"' in stranger.gets("/").text
    assert 'href="/objections"' not in signed_in(office, "clerk").gets("/cases").text
    for who in ("xie", "wu", "li", "director"):
        page = signed_in(office, who).gets("/notices").text
        assert 'href="/objections"' in page and 'href="/notices" aria-current="page"' in page
