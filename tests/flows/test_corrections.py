"""A correction answers each item of the notice, and puts right who the parties are and what is asked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from stdnum.cn import uscc

from app.models import Case as CaseRow
from app.models import Mediation, Organization, Party, db
from tests.flows.office import PASSWORD, POINTS, Case, Office, organization
from tests.web.browser import Browser

ITEMS = ["缺登记簿副本第 2 页", "被请求人名称与营业执照不一致"]
DONE = [{"item": 1, "answer": "补交第 2 页"}, {"item": 2, "answer": "已更正"}]
WRONG = {"kind": "enterprise", "name": "中山晨光小家电厂", "address": "中山市小榄镇 1 号"}


def code(n: int) -> str:
    """Return a valid code that nobody has."""
    body = f"91442000MA5{n:06d}"
    return body + str(uscc.calc_check_digit(body))


def to_be_corrected(office: Office, **changes: Any) -> Case:
    case = office.files(**changes)
    office.clerk.answers(case, "formality_check", check="correct", points=["claims"], items=ITEMS, days=10)
    return case


def mistaken(office: Office) -> Case:
    """Return a case whose respondent was named as nobody is called."""
    return to_be_corrected(office, respondents=[{**WRONG, "uscc": code(1)}])


def corrects(office: Office, case: Case, expects: int = 200, **more: Any) -> Any:
    return office.requester.answers(case, "correct_materials", expects, **{"items": DONE, **more})


def respondent(case: Case) -> Party:
    rows = select(Party).where(Party.case_id == case.id, Party.role == "respondent")
    return db.session.scalars(rows).one()


def puts_right(case: Case, **told: Any) -> dict[str, Any]:
    return {"parties": [{"party": respondent(case).id, **told}]}


def last_correction(case: Case, office: Office) -> dict[str, Any]:
    events = case.seen_by(office.clerk)["events"]
    return next(e["data"] for e in events if e["kind"] == "materials_corrected")


def page(office: Office, username: str, path: str) -> str:
    browser = Browser(office.app)
    browser.logs_in(username, PASSWORD)
    return browser.gets(path).text


def test_the_page_says_all_that_is_asked_by_when_and_what_happens_otherwise(office: Office) -> None:
    case = to_be_corrected(office)
    case.has_made("correction_notice")
    told = page(office, "requester", f"/tasks/{case.task('correct_materials', office.requester)}")
    assert all(told.count(item) == 2 for item in ITEMS)  # in the list, and above its answer
    assert "请在3月12日 24:00 前提交" in told and "本局不予受理" in told
    assert "add-items" not in told.replace('value="add-items" formnovalidate data-add-row hidden', "")


def test_the_clerk_sees_item_by_item_what_came_back(office: Office) -> None:
    case = to_be_corrected(office)
    page_2 = office.requester.uploads("登记簿第二页.pdf")
    corrects(office, case, items=[{"item": 1, "answer": "补交第 2 页", "files": [page_2]}, DONE[1]])
    told = page(office, "clerk", f"/tasks/{case.task('formality_check', office.clerk)}")
    assert (
        told.index("补正的情况") < told.index("补交第 2 页") < told.index("登记簿第二页.pdf</a>") < told.index("已更正")
    )
    assert last_correction(case, office)["items"] == ["1. 补交第 2 页", "2. 已更正"]


def test_an_item_without_an_answer_is_refused_and_nothing_is_lost(office: Office) -> None:
    case = to_be_corrected(office)
    task = case.task("correct_materials", office.requester)
    browser = Browser(office.app)
    browser.logs_in("requester", PASSWORD)
    typed = {"items-0-item": "1", "items-0-answer": "补交第 2 页", "items-1-item": "2"}
    answer = browser.posts(f"/tasks/{task}", typed, expects=422)
    assert "不能补的，写明原因" in answer.text and "补交第 2 页" in answer.text
    assert case.state == "correcting"
    browser.posts(f"/tasks/{task}", {**typed, "items-1-answer": "已更正"})
    assert case.state == "requested"


def test_a_wrong_name_and_code_are_put_right_before_anybody_is_served(office: Office) -> None:
    case = mistaken(office)
    right = {"name": "中山市晨光小家电厂（普通合伙）", "uscc": code(2), "address": "中山市小榄镇工业大道 8 号"}
    corrects(office, case, **puts_right(case, **right))
    party = respondent(case).organization
    assert (party.name, party.uscc, party.address) == (right["name"], right["uscc"], right["address"])
    assert case.seen_by(office.clerk)["title"].endswith(right["name"])
    assert ["被请求人 中山晨光小家电厂", "统一社会信用代码", code(1), code(2)] in last_correction(case, office)[
        "changes"
    ]
    assert case.documents().count("mediation_request") == 2
    assert page(office, "clerk", f"/cases/{case.id}?tab=documents").count("代替先前的同名文书") == 1
    told = page(office, "requester", f"/cases/{case.id}")
    assert "由“中山晨光小家电厂”更正为“中山市晨光小家电厂（普通合伙）”" in told
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    assert case.state == "serving"


def test_a_code_that_leads_to_a_known_company_leaves_its_own_data_alone(office: Office) -> None:
    case = mistaken(office)
    known = office.responding
    corrects(
        office, case, **puts_right(case, name=known.name, uscc=known.uscc, address="别人说的地址", phone="13900139000")
    )
    assert respondent(case).organization_id == known.id
    assert (known.address, known.phone) == ("", "13927310001")
    assert not db.session.scalar(select(func.count()).where(Organization.name == WRONG["name"]))


def test_the_right_company_learns_of_the_case_only_when_it_is_accepted(office: Office) -> None:
    case = mistaken(office)
    corrects(office, case, **puts_right(case, name=office.responding.name, uscc=office.responding.uscc))
    office.respondent.sees(f"/cases/{case.id}", expects=404)
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    office.respondent.sees(f"/cases/{case.id}")


def test_what_a_known_company_has_on_file_is_not_overwritten(office: Office) -> None:
    case = to_be_corrected(office)
    corrects(office, case, **puts_right(case, address="别人说的地址"))
    assert office.responding.address == ""
    assert last_correction(case, office)["changes"][0][1:] == [
        "住所",
        "广东省佛山市南海区工业大道 8 号",
        "别人说的地址",
    ]


def test_another_company_than_the_one_on_file_is_named_by_its_number(office: Office) -> None:
    case = to_be_corrected(office)
    told = {"name": "中山市另一家电器厂", "uscc": code(3)}
    corrects(office, case, **puts_right(case, **told))
    party = respondent(case)
    assert party.organization.name == told["name"] and office.responding.name != told["name"]
    assert party.told("address") == "广东省佛山市南海区工业大道 8 号"


@pytest.mark.parametrize("who", ["requesting", "twice"])
def test_nobody_stands_on_both_sides_after_a_correction(office: Office, who: str) -> None:
    another = {**WRONG, "name": "中山某某厂", "uscc": code(4)}
    case = to_be_corrected(office, respondents=[{**WRONG, "uscc": code(1)}, another])
    twin = office.requesting if who == "requesting" else organization(9, "中山市同一家厂")
    db.session.add(twin)
    db.session.commit()
    parties = db.session.scalars(select(Party).where(Party.case_id == case.id, Party.role == "respondent")).all()
    wrong = parties[:1] if who == "requesting" else parties
    told = [{"party": p.id, "name": twin.name, "uscc": twin.uscc} for p in wrong]
    corrects(office, case, expects=422, parties=told)
    assert case.state == "correcting"


def test_a_requester_does_not_say_anew_who_it_is_itself(office: Office) -> None:
    case = to_be_corrected(office)
    corrects(office, case, expects=422, parties=[{"party": case.party(office.requesting.name), "name": "另一家"}])


def test_a_person_has_a_resident_number_and_no_code(office: Office) -> None:
    person = {"kind": "individual", "name": "王晨", "address": "中山市小榄镇 5 号"}
    case = to_be_corrected(office, respondents=[person])
    corrects(office, case, expects=422, **puts_right(case, uscc=code(5)))
    corrects(office, case, **puts_right(case, resident_id="11010519491231002X", phone="13800138000"))
    told = str(last_correction(case, office)["changes"])
    assert "110105********002X" in told and "11010519491231002X" not in told and "13800138000" not in told
    assert respondent(case).organization.resident_id == "11010519491231002X"


def test_the_right_and_what_is_asked_are_put_right(office: Office) -> None:
    case = to_be_corrected(office)
    corrects(office, case, expects=422, right_number="ZL 2023 3 0418812.1")
    corrects(office, case, right_name="保温壶", requests=["停止销售"], amount_claimed="9万", facts="请求人重新说明" * 5)
    row = db.session.get_one(Mediation, case.id)
    assert (row.right_name, row.requests, row.amount_claimed) == ("保温壶", ["停止销售"], 90000)
    whats = [change[1] for change in last_correction(case, office)["changes"]]
    assert whats == ["权利名称", "请求事项", "请求金额", "事实和理由"]
    assert "请求人重新说明" not in str(last_correction(case, office))


def test_a_correction_that_changes_nothing_makes_no_new_request(office: Office) -> None:
    case = to_be_corrected(office)
    corrects(office, case)
    assert case.documents().count("mediation_request") == 1
    title = db.session.get_one(CaseRow, case.id).title
    assert title == f"{office.requesting.name} 与 {office.responding.name}"
