"""Payment lists over pages: made and downloaded by finance, and what the bank sends back is taken in whole or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import clock
from app.domain.awards.payments import COLUMNS, RESULT_COLUMNS
from app.models import AwardApplication, AwardCall, PaymentList, db
from app.services.awards import paying
from tests.flows.awarding import AwardOffice, build_award_office
from tests.flows.office import Case
from tests.web.awards import INSIDE, OUTSIDE, bad_sheets, browser_of, opened, sent, sheet

PAGE = "/payment-lists"
BAD = ("wrong headings", "merged cells", "formula", "no spreadsheet", "too long", "nothing")


@pytest.fixture
def office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


def due(office: AwardOffice, *awards: str) -> tuple[AwardCall, list[Case]]:
    """Return a call with approved applications that nobody has paid."""
    call = office.calls(*awards)
    cases = [office.supported(call, award) for award in awards]
    office.approved(*cases)
    return call, cases


def made(office: AwardOffice, *awards: str) -> str:
    """Return the page of a list that finance has just made."""
    call, _ = due(office, *awards)
    return f"{PAGE}/{office.lists(call)}"


def number_of(page: str) -> int:
    return int(page.rpartition("/")[2])


def answer(office: AwardOffice, page: str, **changes: Any) -> list[list[Any]]:
    """Return what the bank says of every line, with changes of the first."""
    row = office.payment_list(number_of(page))
    told = [[x.place, x.receipt, x.amount, "成功", clock.today(), ""] for x in paying.lines_of(row)]
    db.session.rollback()
    names = dict(zip(("place", "receipt", "amount", "result", "on", "why"), range(6), strict=True))
    for name, value in changes.items():
        told[0][names[name]] = value
    return told


def loaded(page: str) -> bool:
    db.session.rollback()
    return db.session.get_one(PaymentList, number_of(page)).loaded_at is not None


def test_finance_makes_a_list_downloads_it_and_takes_in_the_result(office: AwardOffice) -> None:
    call, _ = due(office, "AW02", "AW03")
    browser = browser_of(office, "purse")
    assert "2 件" in browser.gets(PAGE).text
    page = browser.posts(f"{PAGE}/calls/{call.id}").headers["Location"]
    told = browser.gets(page).text
    assert "待载入" in told and "3,000,000" in told and "7550 1234 5678 90" not in told
    browser.posts(f"{page}/result", sent(sheet(RESULT_COLUMNS, answer(office, page))))
    assert "成功 2，退票 0" in browser.gets(page).text
    assert "已载入" in browser.gets(PAGE).text
    db.session.rollback()
    assert db.session.get_one(AwardCall, call.id).paid == 3_000_000


def test_a_second_list_of_the_same_payments_is_refused_in_a_sentence(office: AwardOffice) -> None:
    call, _ = due(office, "AW02")
    browser = browser_of(office, "purse")
    browser.posts(f"{PAGE}/calls/{call.id}")
    assert browser.posts(f"{PAGE}/calls/{call.id}").headers["Location"] == PAGE
    assert "没有待拨付的项目" in browser.gets(PAGE).text


def test_the_sheet_for_the_bank_has_real_types_and_ends_with_its_checksum(office: AwardOffice) -> None:
    page = made(office, "AW02")
    answered = browser_of(office, "purse").gets(f"{page}.xlsx")
    assert answered.headers["Cache-Control"] == "private, no-store"
    cells = opened(answered.data)
    row = office.payment_list(number_of(page))
    assert tuple(cell.value for cell in cells[1]) == COLUMNS
    assert (cells["F2"].value, cells["F2"].data_type, cells["F2"].number_format) == (2_000_000, "n", "#,##0.00")
    assert cells["E2"].data_type == "s" and cells["E2"].value.startswith("7550")
    assert [cells.cell(cells.max_row - n, 2).value for n in (2, 1, 0)] == [row.number, 2_000_000, row.checksum]


def test_a_name_that_begins_like_a_formula_stays_a_name(office: AwardOffice) -> None:
    call, (case,) = due(office, "AW02")
    db.session.get_one(AwardApplication, case.id).account_name = "=HYPERLINK(1)"
    db.session.commit()
    page = f"{PAGE}/{office.lists(call)}"
    cell = opened(browser_of(office, "purse").gets(f"{page}.xlsx").data)["C2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_the_empty_result_is_filled_in_and_loaded(office: AwardOffice) -> None:
    page = made(office, "AW02")
    browser = browser_of(office, "purse")
    cells = opened(browser.gets(f"{page}/result.xlsx").data)
    (line,) = [[cell.value for cell in row] for row in cells.iter_rows(min_row=2)]
    line[3:5] = ["成功", datetime.combine(clock.today(), datetime.min.time())]
    browser.posts(f"{page}/result", sent(sheet(RESULT_COLUMNS, [line])))
    assert loaded(page)


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_result_is_refused_whole(office: AwardOffice, what: str) -> None:
    page = made(office, "AW02")
    data, told = bad_sheets(RESULT_COLUMNS, answer(office, page)[0])[what]
    assert told in browser_of(office, "purse").posts(f"{page}/result", sent(data), 422).text
    assert not loaded(page)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"receipt": "不存在"}, "受理号 不存在 不在这份清单中"),
        ({"amount": 1}, "金额应为 2,000,000.00 元"),
        ({"amount": "二百万"}, "金额不是数字"),
        ({"result": "到账"}, "结果应为“成功”或者“退票”"),
        ({"on": None}, "成功的应当填写日期"),
        ({"on": datetime(2099, 1, 1)}, "日期不能晚于今天"),
        ({"result": "退票"}, "退票的应当填写原因"),
    ],
)
def test_a_bad_row_is_told_by_its_number_and_nothing_is_loaded(
    office: AwardOffice, changes: dict[str, Any], told: str
) -> None:
    page = made(office, "AW02", "AW03")
    data = sheet(RESULT_COLUMNS, answer(office, page, **changes))
    assert f"第 2 行：{told}" in browser_of(office, "purse").posts(f"{page}/result", sent(data), 422).text
    assert not loaded(page)


def test_a_result_is_loaded_once(office: AwardOffice) -> None:
    page = made(office, "AW02")
    browser = browser_of(office, "purse")
    data = sheet(RESULT_COLUMNS, answer(office, page))
    browser.posts(f"{page}/result", sent(data))
    assert "没有重复办理" in browser.posts(f"{page}/result", sent(data), 409).text
    assert "成功 1，退票 0" in browser.gets(page).text


@pytest.mark.parametrize("who", INSIDE)
def test_accounts_in_full_and_the_purse_are_for_finance_alone(office: AwardOffice, who: str) -> None:
    call, _ = due(office, "AW02")
    browser = browser_of(office, who)
    assert ("生成拨付清单" in browser.gets(PAGE).text) is (who == "purse")
    page = f"{PAGE}/{office.lists(call)}"
    assert "7550 1234 5678 90" not in browser.gets(page).text
    if who == "purse":
        return
    browser.gets(f"{page}.xlsx", 403)
    browser.gets(f"{page}/result.xlsx", 403)
    browser.posts(f"{page}/result", {}, 403)
    browser.posts(f"{PAGE}/calls/{call.id}", {}, 403)


@pytest.mark.parametrize("who", OUTSIDE)
def test_others_see_nothing_of_payments(office: AwardOffice, who: str) -> None:
    page = made(office, "AW02")
    browser = browser_of(office, who)
    for path in (PAGE, page, f"{page}.xlsx", f"{page}/result.xlsx"):
        browser.gets(path, 403)


def test_a_list_that_is_not_there_is_not_found(office: AwardOffice) -> None:
    browser = browser_of(office, "purse")
    assert "还没有清单" in browser.gets(PAGE).text
    for path in (f"{PAGE}/99", f"{PAGE}/99.xlsx", f"{PAGE}/99/result.xlsx"):
        browser.gets(path, 404)
