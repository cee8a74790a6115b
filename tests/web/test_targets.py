"""The pages of the programme's targets, of the districts' tasks and of the supports, for each who has to do with them."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.models import DistrictTask, Support, TargetPlan, TargetValue, db
from tests.flows.office import PASSWORD, PDF, Office
from tests.flows.programme import OFFICIALS, Programme, populate
from tests.web.browser import Browser
from tests.web.test_chinese_on_english_pages import unmarked

READERS = ("director", "supervisor", *(name for name, *_ in OFFICIALS))
ROOMS = ("/targets", "/targets/K04", "/targets/K16", "/district-tasks", "/supports")
SHEETS = ("/targets/export.xlsx", "/district-tasks/export.xlsx", "/supports/export.xlsx")
FORMULA = '=HYPERLINK("https://example.cn","x")'


@pytest.fixture
def programme(office: Office) -> Programme:
    return populate(office)


def browser(programme: Programme, name: str) -> Browser:
    found = Browser(programme.office.app)
    found.logs_in(name, PASSWORD)
    return found


def upload(name: str = "统计报表.pdf") -> tuple[BytesIO, str]:
    return BytesIO(PDF), name


def value(programme: Programme, **changes: Any) -> dict[str, Any]:
    unit = str(programme.units["nanhai"])
    told = {"year": "2022", "unit": unit, "value": "9,800", "words": "年报", "published": "公报", "reason": ""}
    return {**told, **changes}


def task(programme: Programme, **changes: Any) -> dict[str, Any]:
    about = {"year": "2026", "units": [str(programme.units["nanhai"])], "name": "贯标辅导", "what": "开展贯标辅导"}
    return {**about, "section": "三(一)", "due_on": "2026-03-31", **changes}


def support(**changes: Any) -> dict[str, Any]:
    told = {"kind": "NQ05", "receiver": "南海区市场监督管理局", "uscc": "", "given_on": "2023-01-16"}
    return {**told, "what": "通报表扬", "amount": "", "published": "通报", **changes}


def sheet_of(page: Any) -> list[list[Any]]:
    assert page.mimetype.endswith("spreadsheetml.sheet")
    return [list(row) for row in load_workbook(BytesIO(page.data)).active.iter_rows(values_only=True)]


def last(table: Any) -> Any:
    db.session.rollback()
    return db.session.scalars(select(table).order_by(table.id.desc())).first()


# -- who sees them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", READERS)
def test_whoever_has_to_do_with_the_programme_reads_it(programme: Programme, name: str) -> None:
    reader = browser(programme, name)
    for page in ROOMS:
        assert ">目标</a>" in reader.gets(page).text
    for page in SHEETS:
        reader.gets(page)
    reader.gets("/targets/K99", expects=404)
    for nothing in ("/targets/values/1", "/targets/values/1/files/1", "/district-tasks/1", "/supports/1"):
        reader.gets(nothing, expects=404)


@pytest.mark.parametrize("name", ["clerk", "mediator", "requester", "admin"])
def test_nobody_else_finds_anything_of_it(programme: Programme, name: str) -> None:
    other = browser(programme, name)
    for page in (*ROOMS, *SHEETS, "/targets/K04/report", "/district-tasks/new", "/supports/new"):
        other.gets(page, expects=403)
    for act in ("/targets/K04/report", "/targets/values/1/confirmation", "/district-tasks/new", "/supports/new"):
        other.posts(act, {}, expects=403)
    Browser(programme.office.app).gets("/targets", expects=303)


@pytest.mark.parametrize("name", ["supervisor", "xieminyi", "zhouyongkang", "luoyi", "wuxueqin"])
def test_who_only_reads_targets_reports_and_confirms_none(programme: Programme, name: str) -> None:
    reader = browser(programme, name)
    assert "填报数据" not in reader.gets("/targets/K04").text
    reader.gets("/targets/K04/report", expects=403)
    reader.gets("/targets/K04/plan", expects=403)
    reader.posts("/targets/values/1/confirmation", expects=403)
    reader.posts("/targets/values/1/return", {"because": "x"}, expects=403)


# -- targets -----------------------------------------------------------------------------------------------------------


def test_a_district_reports_and_the_bureau_confirms(programme: Programme) -> None:
    district, director = browser(programme, "tannanhai"), browser(programme, "director")
    assert f"unit={programme.units['nanhai']}" in district.gets("/targets?year=2022").text
    form = district.gets(f"/targets/K04/report?year=2022&unit={programme.units['nanhai']}").text
    assert "南海区市场监督管理局" in form and "禅城区市场监督管理局" not in form
    district.posts("/targets/K04/report", value(programme, published="", files=upload()))
    found = last(TargetValue)
    page = f"/targets/values/{found.id}"
    assert "等待市局确认" in district.gets(page).text
    assert director.gets(f"{page}/files/{found.files[0].id}").data == PDF
    assert "待确认的数据" in director.gets("/targets?year=2022").text
    district.posts(f"{page}/confirmation", expects=403)
    director.posts(f"{page}/confirmation")
    director.posts(f"{page}/confirmation", expects=409)
    shown = director.gets("/targets?year=2022").text
    assert "9,800" in shown and "各区数据不全 · 31.1%" in shown and "缺 1 个区" in shown
    assert "谭耀辉" in director.gets("/targets/K04").text


def test_what_is_given_back_says_why(programme: Programme) -> None:
    district, head = browser(programme, "tannanhai"), browser(programme, "lishaoming")
    district.posts("/targets/K04/report", value(programme))
    page = f"/targets/values/{last(TargetValue).id}"
    assert "请写明退回的理由" in head.posts(f"{page}/return", {"because": ""}, expects=422).text
    head.posts(f"{page}/return", {"because": "与年报不一致"})
    head.posts(f"{page}/return", {"because": "再退一次"}, expects=409)
    assert "与年报不一致" in district.gets(page).text
    assert "已退回" in district.gets("/targets?year=2022").text
    district.posts("/targets/K04/report", value(programme, value="9700"))
    assert last(TargetValue).value == 9_700


def test_the_same_twice_is_refused_as_the_second(programme: Programme) -> None:
    district = browser(programme, "tannanhai")
    district.posts("/targets/K04/report", value(programme))
    district.posts("/targets/K04/report", value(programme), expects=409)


def test_nobody_confirms_their_own(programme: Programme) -> None:
    director = browser(programme, "director")
    director.posts("/targets/K11/report", value(programme, unit="city", value="3"))
    page = f"/targets/values/{last(TargetValue).id}"
    assert "由另一人确认或者退回" in director.gets(page).text
    assert "另一人" in director.posts(f"{page}/confirmation", expects=422).text
    assert "另一人" in director.posts(f"{page}/return", {"because": "x"}, expects=422).text


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"value": "-5"}, "数值不能是负数"),
        ({"value": "many"}, "请填写数字"),
        ({"value": ""}, "请填写数值"),
        ({"value": "1.5"}, "请填写整数"),
        ({"value": "9" * 12}, "数值过大"),
        ({"value": "9" * 40}, "请填写数字"),
        ({"year": "2018"}, "请从列表中选择"),
        ({"year": "2027"}, "请从列表中选择"),
        ({"year": "x"}, "请从列表中选择"),
        ({"unit": "city"}, "请从列表中选择"),
        ({"unit": "999"}, "请从列表中选择"),
        ({"published": ""}, "请上传证明材料"),
        ({"files": "999999"}, "没有上传成功"),
    ],
)
def test_bad_input_stands_beside_its_field_and_changes_nothing(
    programme: Programme, changes: dict[str, Any], why: str
) -> None:
    district = browser(programme, "tannanhai")
    assert why in district.posts("/targets/K04/report", value(programme, **changes), expects=422).text
    assert last(TargetValue) is None


def test_a_district_does_not_report_for_another(programme: Programme) -> None:
    district = browser(programme, "tannanhai")
    other = value(programme, unit=str(programme.units["chancheng"]))
    district.posts("/targets/K04/report", other, expects=422)
    district.gets("/targets/K11/report", expects=403)
    district.posts("/targets/K16/report", value(programme), expects=403)


def test_a_file_that_is_none_is_refused_beside_its_field(programme: Programme) -> None:
    district = browser(programme, "tannanhai")
    given = value(programme, files=(BytesIO(b"MZ\x90\x00"), "数据.exe"))
    district.posts("/targets/K04/report", given, expects=422)
    assert last(TargetValue) is None


def test_of_a_target_in_words_a_stage_is_asked(programme: Programme) -> None:
    head, director = browser(programme, "lishaoming"), browser(programme, "director")
    told = {"year": "2022", "unit": "city", "published": "申报公告", "words": "", "reason": ""}
    assert "请选择进展" in head.posts("/targets/K16/report", told, expects=422).text
    head.posts("/targets/K16/report", {**told, "stage": "reached"})
    director.posts(f"/targets/values/{last(TargetValue).id}/confirmation")
    assert "已经实现" in head.gets("/targets/K16").text
    head.gets("/targets/K16/plan", expects=403)


def test_plans_are_set_by_whom_they_bind(programme: Programme) -> None:
    district, director = browser(programme, "tannanhai"), browser(programme, "director")
    nanhai = str(programme.units["nanhai"])
    plan = {"year": "2026", "unit": nanhai, "value": "12000", "reason": "年度工作计划"}
    district.gets("/targets/K04/plan")
    district.posts("/targets/K04/plan", plan)
    district.posts("/targets/K04/plan", plan, expects=409)
    district.posts("/targets/K04/plan", {**plan, "unit": "city"}, expects=422)
    assert "数值不能是负数" in district.posts("/targets/K04/plan", {**plan, "value": "-1"}, expects=422).text
    assert "数值过大" in district.posts("/targets/K04/plan", {**plan, "value": "9" * 12}, expects=422).text
    assert last(TargetPlan).value == 12_000
    director.posts("/targets/K04/plan", {**plan, "unit": "city", "value": "35000"})
    assert "年度工作计划" in director.gets("/targets/K04").text


def test_a_correction_needs_a_reason_and_keeps_what_was(programme: Programme) -> None:
    district, director = browser(programme, "tannanhai"), browser(programme, "director")
    district.posts("/targets/K04/report", value(programme))
    director.posts(f"/targets/values/{last(TargetValue).id}/confirmation")
    assert "更正的请写明理由" in district.posts("/targets/K04/report", value(programme, value="9900"), expects=422).text
    district.posts("/targets/K04/report", value(programme, value="9900", reason="补报狮山镇数据"))
    page = f"/targets/values/{last(TargetValue).id}"
    assert "此前确认的数值" in director.gets(page).text
    director.posts(f"{page}/confirmation")
    shown = district.gets("/targets/K04").text
    assert "已更正" in shown and "补报狮山镇数据" in shown and "9,800" in shown


@pytest.mark.parametrize("year", ["2018", "2027", "x", "99999999999"])
def test_a_year_that_is_none_is_refused(programme: Programme, year: str) -> None:
    director = browser(programme, "director")
    director.gets(f"/targets?year={year}", expects=422)
    director.gets(f"/targets/export.xlsx?year={year}", expects=422)


def test_the_sheet_of_targets_has_numbers(programme: Programme) -> None:
    district, director = browser(programme, "tannanhai"), browser(programme, "director")
    district.posts("/targets/K04/report", value(programme))
    director.posts(f"/targets/values/{last(TargetValue).id}/confirmation")
    lines = sheet_of(director.gets("/targets/export.xlsx?year=2022"))
    [city] = [line for line in lines if line[0] == "K04" and line[2] == "全市"]
    assert city[3:8] == [2022, 31_500, 2022, 9_800, "件"] and city[8] == 31.1
    director.posts("/language", {"language": "en"})
    assert "The whole city" in str(sheet_of(director.gets("/targets/export.xlsx?year=2022")))


# -- tasks of the districts --------------------------------------------------------------------------------------------


def test_a_task_is_set_reported_given_back_and_assessed(programme: Programme) -> None:
    manager, district = browser(programme, "wuxueqin"), browser(programme, "tannanhai")
    other, finance = browser(programme, "lichancheng"), browser(programme, "zhouyongkang")
    manager.gets("/district-tasks/new")
    both = [str(unit) for unit in programme.units.values()]
    manager.posts("/district-tasks/new", task(programme, units=both))
    manager.posts("/district-tasks/new", task(programme), expects=409)
    assert "贯标辅导" in district.gets("/messages").text
    found = db.session.scalars(select(DistrictTask).where(DistrictTask.unit_id == programme.units["nanhai"])).one()
    page = f"/district-tasks/{found.id}"
    assert "上报完成情况" in district.gets(page).text and "上报完成情况" not in other.gets(page).text
    other.posts(f"{page}/report", {"words": "代为上报的完成情况。"}, expects=403)
    assert "至少 10 字" in district.posts(f"{page}/report", {"words": "完成"}, expects=422).text
    report = {"words": "全年完成贯标辅导 12 场。"}
    manager.posts(f"{page}/assessment", {"outcome": "passed", "words": "好"}, expects=409)
    district.posts(f"{page}/report", {**report, "files": upload()})
    district.posts(f"{page}/report", report, expects=409)
    file_id = last(DistrictTask) and db.session.get_one(DistrictTask, found.id).reports[0].files[0].id
    assert finance.gets(f"{page}/files/{file_id}").data == PDF
    finance.posts(f"{page}/assessment", {"outcome": "passed", "words": "好"}, expects=403)
    finance.posts(f"{page}/return", {"because": "缺"}, expects=403)
    assert "请写明退回的理由" in manager.posts(f"{page}/return", {"because": ""}, expects=422).text
    manager.posts(f"{page}/return", {"because": "缺企业名单"})
    assert "缺企业名单" in district.gets(page).text
    district.posts(f"{page}/report", report)
    for wrong, why in (
        ({"outcome": "", "score": "", "words": ""}, "请选择考核结果"),
        ({"outcome": "passed", "score": "101", "words": "好"}, "应在 0 至 100 之间"),
        ({"outcome": "passed", "score": "-1", "words": "好"}, "应在 0 至 100 之间"),
        ({"outcome": "passed", "score": "9.5", "words": "好"}, "请填写整数"),
        ({"outcome": "passed", "score": "30", "words": "好"}, "不足 60 分"),
        ({"outcome": "wonderful", "score": "", "words": "好"}, "请从列表中选择"),
    ):
        assert why in manager.posts(f"{page}/assessment", wrong, expects=422).text
    given = {"outcome": "partly", "score": "75", "words": "名单不完整。"}
    manager.posts(f"{page}/assessment", given)
    manager.posts(f"{page}/assessment", given, expects=409)
    shown = district.gets("/district-tasks").text
    assert "部分通过" in shown and "75 分" in shown and "75.0" in shown


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"units": []}, "请至少选择一个区"),
        ({"units": ["999"]}, "请从列表中选择"),
        ({"year": "2020"}, "请从列表中选择"),
        ({"due_on": "2026-03-01"}, "不能早于今天"),
        ({"due_on": "2029-03-01"}, "任务年度"),
        ({"due_on": "soon"}, "请填写日期"),
        ({"name": ""}, "请填写任务名称"),
    ],
)
def test_a_task_that_cannot_be_is_not_set(programme: Programme, changes: dict[str, Any], why: str) -> None:
    manager = browser(programme, "wuxueqin")
    assert why in manager.posts("/district-tasks/new", task(programme, **changes), expects=422).text
    assert last(DistrictTask) is None


def test_districts_and_readers_set_no_tasks(programme: Programme) -> None:
    for name in ("tannanhai", "xieminyi", "supervisor"):
        other = browser(programme, name)
        other.gets("/district-tasks/new", expects=403)
        other.posts("/district-tasks/new", task(programme), expects=403)


def test_tasks_are_filtered_and_exported(programme: Programme) -> None:
    manager = browser(programme, "wuxueqin")
    manager.posts("/district-tasks/new", task(programme, name=FORMULA))
    assert "没有任务" in manager.gets(f"/district-tasks?unit={programme.units['chancheng']}").text
    assert "HYPERLINK" in manager.gets("/district-tasks?state=set").text
    for wrong in ("year=1999", "unit=x", "state=lost"):
        manager.gets(f"/district-tasks?{wrong}", expects=422)
    book = load_workbook(BytesIO(manager.gets("/district-tasks/export.xlsx").data)).active
    assert (book["C2"].value, book["C2"].data_type) == (FORMULA, "s")
    assert book["E2"].value == datetime(2026, 3, 31) and book["A2"].value == 2026


# -- supports ----------------------------------------------------------------------------------------------------------


def test_a_support_is_entered_and_corrected(programme: Programme) -> None:
    reviewer = browser(programme, "xieminyi")
    reviewer.gets("/supports/new")
    reviewer.posts("/supports/new", support(published="", files=upload("通报.pdf")))
    reviewer.posts("/supports/new", support(), expects=409)
    first = last(Support)
    page = f"/supports/{first.id}"
    assert "NQ05" in reviewer.gets(page).text
    assert reviewer.gets(f"{page}/files/{first.files[0].id}").data == PDF
    assert "南海区市场监督管理局" in reviewer.gets(f"{page}/correction").text
    changed = support(amount="5万", published="", reason="补记奖金")
    assert "请写明更正的理由" in reviewer.posts(f"{page}/correction", {**changed, "reason": ""}, expects=422).text
    reviewer.posts(f"{page}/correction", changed)
    reviewer.posts(f"{page}/correction", changed, expects=409)
    reviewer.gets(f"{page}/correction", expects=409)
    second = last(Support)
    shown = reviewer.gets(f"/supports/{second.id}").text
    assert "50,000" in shown and "系统未计算" in shown and "更正之前" in shown
    assert "已被更正" in reviewer.gets(page).text
    [_, line] = sheet_of(reviewer.gets("/supports/export.xlsx"))
    assert (line[0], line[5], line[7]) == ("NQ05", datetime(2023, 1, 16), 50_000)
    district = browser(programme, "tannanhai")
    assert "更正登记" not in district.gets(page).text
    district.gets("/supports/new", expects=403)
    district.posts(f"{page}/correction", changed, expects=403)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": "NQ09"}, "请从列表中选择"),
        ({"receiver": ""}, "请填写单位名称"),
        ({"uscc": "123"}, "统一社会信用代码"),
        ({"given_on": date(2026, 3, 3).isoformat()}, "不能晚于今天"),
        ({"given_on": "2019-12-31"}, "早于方案"),
        ({"amount": "-1"}, "请填写金额"),
        ({"amount": "0"}, "大于 0"),
        ({"amount": "20亿"}, "大于 0"),
        ({"published": ""}, "请上传证明材料"),
    ],
)
def test_a_support_that_cannot_be_is_not_entered(programme: Programme, changes: dict[str, Any], why: str) -> None:
    reviewer = browser(programme, "xieminyi")
    assert why in reviewer.posts("/supports/new", support(**changes), expects=422).text
    assert last(Support) is None


def test_supports_are_filtered(programme: Programme) -> None:
    reviewer = browser(programme, "xieminyi")
    reviewer.posts("/supports/new", support())
    assert "没有登记的支持" in reviewer.gets("/supports?kind=NQ08").text
    assert "没有登记的支持" in reviewer.gets("/supports?receiver=顺德").text
    assert "通报表扬" in reviewer.gets("/supports?receiver=南海&year=2023").text
    for wrong in ("kind=NQ99", "year=x"):
        reviewer.gets(f"/supports?{wrong}", expects=422)


# -- in English --------------------------------------------------------------------------------------------------------


def test_what_is_chinese_on_a_page_in_english_is_said_to_be(programme: Programme) -> None:
    district, director = browser(programme, "tannanhai"), browser(programme, "director")
    district.posts("/targets/K04/report", value(programme))
    found = f"/targets/values/{last(TargetValue).id}"
    director.posts(f"{found}/return", {"because": "与年报不一致"})
    director.posts("/district-tasks/new", task(programme))
    asked = f"/district-tasks/{last(DistrictTask).id}"
    district.posts(f"{asked}/report", {"words": "全年完成贯标辅导 12 场。"})
    director.posts("/supports/new", support())
    entry = f"/supports/{last(Support).id}"
    director.posts("/language", {"language": "en"})
    names = {"谭耀辉", "林建华"}
    for page in (*ROOMS, "/targets?year=2022", "/targets/K04/plan", "/targets/K16/report", found, asked, entry):
        told = [text for text in unmarked(director.gets(page).text) if not any(name in text for name in names)]
        assert told == [], page
