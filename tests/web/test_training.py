"""The pages of training: for units, for who plans courses, and for anybody who holds a certificate."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app import clock
from app.models import Membership, TrainingCourse, TrainingNeed, TrainingSeat, db
from app.services import sheets
from app.services.roster.training_results import COLUMNS
from tests.conftest import Today
from tests.flows.office import PASSWORD, Office
from tests.flows.training import School, attendee, open_school
from tests.web.browser import Browser

USERNAMES = {"甲": "jia", "乙": "yi", "丙": "bing"}


@pytest.fixture
def school(office: Office) -> School:
    return open_school(office)


def signed_in(school: School, who: str) -> Browser:
    browser = Browser(school.office.app)
    browser.logs_in(USERNAMES.get(who, who), PASSWORD)
    return browser


def course(**changes: Any) -> dict[str, Any]:
    year = clock.today().year + 1
    return {
        "name": "专利布局实务",
        "subject": "patents",
        "about": "案例讲解",
        "teacher": "邓老师",
        "provider": "市知识产权人才学院",
        "begins_at": f"{year}-05-10T09:00",
        "ends_at": f"{year}-05-10T17:00",
        "signup_until": f"{year}-05-08T18:00",
        "hours": "6.5",
        "venue": "人才学院 301 室",
        "places": "2",
        **changes,
    }


def people(*numbers: int) -> dict[str, str]:
    rows = {}
    for place, n in enumerate(numbers):
        one = attendee(n)
        rows |= {f"people-{place}-{name}": getattr(one, name) for name in ("name", "position", "phone")}
    return rows


def need(**changes: Any) -> dict[str, Any]:
    return {
        "year": str(clock.today().year),
        "subject": "patents",
        "audiences": ["research", "legal"],
        "people": "12",
        "words": "研发立项时的专利布局",
        **changes,
    }


def test_a_member_says_what_it_needs_and_the_bureau_counts_it(school: School) -> None:
    member, keeper = signed_in(school, "甲"), signed_in(school, "wu")
    assert "还没有填报需求" in member.gets("/training").text
    assert "没有填报的需求" in keeper.gets("/training/needs").text
    member.posts("/training/needs/new", need())
    assert "已经填报" in member.posts("/training/needs/new", need(), expects=422).text
    page = member.gets("/training").text
    assert "专利挖掘与布局" in page and "研发人员、法务和知识产权人员" in page
    number = db.session.scalars(select(TrainingNeed.id)).one()
    assert "12" in member.gets(f"/training/needs/{number}").text
    member.posts(f"/training/needs/{number}", {"audiences": ["executives"], "people": "7", "words": ""})
    counted = keeper.gets("/training/needs").text
    assert "南海区局" in counted and "甲公司" in counted and "高管" in counted
    sheet = load_workbook(BytesIO(keeper.gets("/training/needs/export.xlsx").data)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:6] == (clock.today().year, "南海区局", "甲公司", "专利挖掘与布局", "高管", 7)
    keeper.gets("/training/needs?year=1999", expects=422)
    signed_in(school, "乙").gets(f"/training/needs/{number}", expects=404)
    member.gets("/training/needs", expects=403)
    member.posts(f"/training/needs/{number}/withdrawal")
    assert db.session.scalars(select(TrainingNeed)).all() == []
    keeper.posts("/language", {"language": "en"})
    assert "Training needs" in keeper.gets("/training/needs").text


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"subject": ""}, "请选择培训内容"),
        ({"subject": "luck"}, "从列表中选择"),
        ({"audiences": []}, "请选择培训对象"),
        ({"people": "0"}, "应在 1 至 999 之间"),
        ({"people": "几个"}, "请填写整数"),
        ({"year": "2020"}, "从列表中选择"),
    ],
)
def test_a_need_that_cannot_be_changes_nothing(school: School, changes: dict[str, Any], why: str) -> None:
    assert why in signed_in(school, "甲").posts("/training/needs/new", need(**changes), expects=422).text
    assert db.session.scalars(select(TrainingNeed)).all() == []


def test_who_is_not_on_the_roster_is_told_so(school: School) -> None:
    other = signed_in(school, "丙")
    assert "培训需求" not in other.gets("/training").text
    other.posts("/training/needs/new", need(), expects=403)


def test_a_course_is_drawn_up_published_and_signed_up_for(school: School) -> None:
    liaison, keeper, first, second = (signed_in(school, who) for who in ("lin", "wu", "甲", "乙"))
    made = liaison.posts("/training/courses/new", course(pass_mark="60")).location
    first.gets(made, expects=404)
    assert "名额" in liaison.gets(f"{made}/edit").text
    liaison.posts(f"{made}/edit", course(pass_mark="60", teacher="何老师"))
    liaison.posts(f"{made}/publication", expects=403)
    assert "何老师" in keeper.gets(made).text
    keeper.posts(f"{made}/publication")
    keeper.posts(f"{made}/publication", expects=409)
    assert "专利布局实务" in first.gets("/training").text and "接受报名" in first.gets(made).text

    page = first.posts(f"{made}/people", {**people(1), "change_rows": "add-people"}, expects=200).text
    assert "people-1-name" in page and "学员1" in page
    first.posts(f"{made}/people", people(1))
    second.posts(f"{made}/people", people(2, 3))
    page = second.gets(made).text
    assert "学员1" not in page and "学员2" in page and "候补第 1 位" in page
    assert "138****0002" in page and "13800130002" not in page
    assert "学员1已经报名" in first.posts(f"{made}/people", people(1), expects=422).text
    theirs = db.session.scalars(select(TrainingSeat.id).where(TrainingSeat.name == "学员2")).one()
    first.posts(f"/training/people/{theirs}/withdrawal", expects=404)
    first.gets(f"/training/people/{theirs}/phone", expects=403)
    shown = liaison.posts(f"/training/people/{theirs}/phone", {"reason": "通知改期"}, expects=200).text
    assert "13800130002" in shown
    assert "请写明" in liaison.posts(f"/training/people/{theirs}/phone", {"reason": ""}, expects=422).text
    second.posts(f"/training/people/{theirs}/withdrawal")
    second.posts(f"/training/people/{theirs}/withdrawal", expects=409)
    assert "学员3 由候补转为已报名" in second.gets("/messages").text


def test_who_came_is_recorded_and_anybody_verifies_the_certificate(school: School, today: Today) -> None:
    course_id = school.publishes(pass_mark=60, teacher="何老师")
    one, two = (school.signs_up(course_id, unit, attendee(n))[0] for n, unit in enumerate("甲乙", 1))
    made = f"/training/courses/{course_id}"
    assert "课程开始以后才能登记" in signed_in(school, "lin").gets(f"{made}/results").text
    today.moves(days=11)
    liaison, first = signed_in(school, "lin"), signed_in(school, "甲")
    assert "学员1（甲公司）" in liaison.gets(f"{made}/results").text
    liaison.posts(f"{made}/results", {"results-0-seat": str(one), "results-0-came": "came", "results-0-points": "88"})
    liaison.posts(f"{made}/conclusion")
    assert "待办结" in liaison.gets(made).text, "one is not recorded yet"
    data = sheets.write("签到表", COLUMNS, [(two, "学员2", "乙公司", "是", 59)])
    liaison.posts(f"{made}/results/sheet", {"file": (BytesIO(data), "签到表.xlsx")})
    liaison.posts(f"{made}/conclusion")
    liaison.posts(f"{made}/conclusion", expects=409)
    number = db.session.scalars(select(TrainingSeat.certificate).where(TrainingSeat.id == one)).one()
    assert str(number) in first.gets("/training").text
    printed = first.gets(f"/training/certificates/{number}").text
    assert "学员1（甲公司）" in printed and "何老师" in printed and f"verify?number={number}" in printed
    signed_in(school, "乙").gets(f"/training/certificates/{number}", expects=404)
    liaison.gets(f"/training/certificates/{number}")

    anybody = Browser(school.office.app)
    told = anybody.gets(f"/training/verify?number={number}").text
    assert "证书有效" in told and "学****" in told and "学员1" not in told and "甲公司" not in told
    assert "没有这一编号" in anybody.gets("/training/verify?number=PX2026-22222222", expects=422).text
    liaison.posts(f"{made}/results", {"results-0-seat": str(one), "results-0-came": "absent"})
    told = anybody.gets(f"/training/verify?number={number}").text
    assert "证书已撤销" in told and "证书有效" not in told


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": ""}, "请填写课程名称"),
        ({"subject": "luck"}, "从列表中选择"),
        ({"ends_at": "2026-05-01T09:00"}, "结束时间应当晚于开始时间"),
        ({"signup_until": "2199-05-11T09:00"}, "报名截止时间不能晚于开始时间"),
        ({"begins_at": "明天"}, "请填写日期和时间"),
        ({"hours": "0"}, "学时应当大于 0"),
        ({"hours": "6.55"}, "请填写学时"),
        ({"hours": "NaN"}, "请填写学时"),
        ({"places": "301"}, "应在 1 至 300 之间"),
        ({"pass_mark": "101"}, "应在 1 至 100 之间"),
    ],
)
def test_a_course_that_cannot_be_changes_nothing(school: School, changes: dict[str, Any], why: str) -> None:
    page = signed_in(school, "lin").posts("/training/courses/new", course(**changes), expects=422).text
    assert why in page
    assert db.session.scalars(select(TrainingCourse)).all() == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"people-0-name": ""}, "请填写姓名"),
        ({"people-0-phone": "123"}, "固定电话应写明区号"),
        ({"people-0-position": ""}, "请填写职务"),
    ],
)
def test_a_sign_up_that_cannot_be_changes_nothing(school: School, changes: dict[str, str], why: str) -> None:
    course_id = school.publishes()
    page = signed_in(school, "甲").posts(f"/training/courses/{course_id}/people", {**people(1), **changes}, expects=422)
    assert why in page.text
    assert db.session.scalars(select(TrainingSeat)).all() == []


def test_who_acts_for_several_units_says_for_which(school: School) -> None:
    course_id = school.publishes()
    second = Membership(user_id=school.people["甲"], role="applicant", organization_id=school.units["丙"])
    db.session.add(second)
    db.session.commit()
    browser = signed_in(school, "甲")
    path = f"/training/courses/{course_id}/people"
    assert "请选择单位" in browser.posts(path, people(1), expects=422).text
    assert "从列表中选择" in browser.posts(path, {**people(1), "unit": str(school.units["乙"])}, expects=422).text
    browser.posts(path, {**people(1), "unit": str(school.units["丙"])})
    assert db.session.scalars(select(TrainingSeat.organization_id)).one() == school.units["丙"]


def test_bad_rows_of_a_list_are_told_on_the_page(school: School, today: Today) -> None:
    course_id = school.publishes()
    (seat_id,) = school.signs_up(course_id, "甲", attendee(1))
    today.moves(days=11)
    liaison = signed_in(school, "lin")
    path = f"/training/courses/{course_id}/results"
    assert liaison.gets(f"{path}.xlsx").data.startswith(b"PK")
    data = sheets.write("签到表", COLUMNS, [(9999, "学员1", "甲公司", "是", None)])
    page = liaison.posts(f"{path}/sheet", {"file": (BytesIO(data), "签到表.xlsx")}, expects=422).text
    assert "第 2 行：报名号 9999 不在这门课程的名单中" in page
    assert "请选择表格文件" in liaison.posts(f"{path}/sheet", {}, expects=422).text
    assert "不是有效的 xlsx" in liaison.posts(f"{path}/sheet", {"file": (BytesIO(b"x"), "a.xlsx")}, expects=422).text
    empty = {"results-0-seat": str(seat_id), "results-0-came": ""}
    assert "请登记至少一人" in liaison.posts(path, empty, expects=422).text
    signed_in(school, "甲").gets(path, expects=403)


def test_a_cancelled_course_says_why(school: School) -> None:
    course_id = school.publishes()
    keeper, member = signed_in(school, "wu"), signed_in(school, "甲")
    path = f"/training/courses/{course_id}"
    member.posts(f"{path}/people", people(1))
    assert "请写明取消的理由" in keeper.posts(f"{path}/cancellation", {"because": ""}, expects=422).text
    keeper.posts(f"{path}/cancellation", {"because": "授课人生病"})
    page = member.gets(path).text
    assert "授课人生病" in page and "已取消" in page
    assert "不接受报名" in member.posts(f"{path}/people", people(2), expects=409).text
    assert "已取消" in member.gets("/messages").text
    assert "已取消" in member.gets("/training/courses?state=cancelled").text
    member.gets("/training/courses?state=lost", expects=422)
    assert "没有课程" in member.gets("/training/courses?state=held&subject=brands").text


def test_a_draft_is_thrown_away(school: School) -> None:
    liaison = signed_in(school, "lin")
    made = liaison.posts("/training/courses/new", course()).location
    liaison.posts(f"{made}/discard")
    liaison.gets(made, expects=404)
