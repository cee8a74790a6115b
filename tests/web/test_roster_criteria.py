"""The pages of the criteria of the roster."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.roles import Role
from app.models import OrgUnit, RosterCriteria, db
from app.queries import versions
from tests.flows.office import PASSWORD, Office, account
from tests.web.browser import Browser

PAGE = "/roster/criteria"
INDICATOR = f"{PAGE}/2/indicators/brands"


def signed_in(office: Office, username: str) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(username, PASSWORD)
    return browser


@pytest.fixture
def keeper(office: Office) -> Browser:
    db.session.add(account("wu", "吴雪琴", Role.ROSTER_MANAGER, db.session.get_one(OrgUnit, office.unit.id)))
    db.session.commit()
    return signed_in(office, "wu")


def indicator(**changes: Any) -> dict[str, Any]:
    return {
        "key": "brands",
        "name": "商标和地理标志",
        "name_en": "Marks and geographical indications",
        "dimension": "creation",
        "weight": "10",
        "least": "20",
        "asked": "驰名商标和境内外注册",
        "asked_en": "Well-known marks, registrations at home and abroad",
        **changes,
    }


def proposal(**changes: str) -> dict[str, str]:
    return {"least": "65", "effective_from": "2027-01-01", "reason": "2026 年度评估", **changes}


def test_the_criteria_are_read_by_who_has_to_do_with_the_roster(office: Office, keeper: Browser) -> None:
    told = keeper.gets(PAGE).text
    assert "第 1 版" in told and "现行" in told and "随系统提供" in told and "名录" in told
    shown = keeper.gets(f"{PAGE}/1").text
    assert "发明专利的数量和质量" in shown and "总分的入围线" in shown and "起草新版本" not in shown
    assert keeper.gets(f"{PAGE}/1.dmn").data.startswith(b"<?xml")
    Browser(office.app).gets(PAGE, expects=303)
    for person in ("clerk", "requester", "admin"):
        signed_in(office, person).gets(PAGE, expects=403)
    director = signed_in(office, "director")
    assert "起草新版本" not in director.gets(PAGE).text
    director.posts(PAGE, expects=403)
    for nothing in (f"{PAGE}/99", f"{PAGE}/1/indicators/nothing"):
        keeper.gets(nothing, expects=404)
    keeper.posts("/language", {"language": "en"})
    assert "Licences, transfers and pledges" in keeper.gets(f"{PAGE}/1").text


def test_one_writes_and_another_publishes(office: Office, keeper: Browser) -> None:
    director = signed_in(office, "director")
    keeper.posts(PAGE)
    assert "没有差别" in keeper.gets(f"{PAGE}/2").text
    assert 'value="10"' in keeper.gets(INDICATOR).text
    keeper.posts(INDICATOR, indicator())
    keeper.posts(f"{PAGE}/2/indicators/new", indicator(key="openness", name="国际合作", weight="5"))
    page = keeper.gets(f"{PAGE}/2").text
    assert "权重合计应当是 100，现在是 105" in page and "没有这一项" in page and "商标和地理标志" in page
    assert "请先改正" in keeper.posts(f"{PAGE}/2/proposal", proposal(), expects=422).text
    keeper.posts(f"{PAGE}/2/indicators/openness/drop")
    director.posts(f"{PAGE}/2/publication", expects=409)
    keeper.posts(f"{PAGE}/2/proposal", proposal())
    assert "等待部门负责人发布" in keeper.gets(f"{PAGE}/2").text
    keeper.posts(INDICATOR, indicator(), expects=409)
    keeper.posts(f"{PAGE}/2/publication", expects=403)
    director.posts(f"{PAGE}/2/publication", {"send_back": "1"})
    keeper.posts(f"{PAGE}/2/proposal", proposal(least="70"))
    told = director.gets(f"{PAGE}/2").text
    assert "70" in told and "2026 年度评估" in told and "发布" in told
    director.posts(f"{PAGE}/2/publication")
    director.posts(f"{PAGE}/2/publication", expects=409)
    assert versions.numbered(db.session(), RosterCriteria, 2).state == "published"
    keeper.posts(PAGE)
    keeper.posts(PAGE, expects=409)
    keeper.posts(f"{PAGE}/3/discard")
    keeper.gets(f"{PAGE}/3", expects=404)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"key": "Brands 2"}, "代码由小写英文字母"),
        ({"key": "total"}, "代码由小写英文字母"),
        ({"key": "inventions"}, "已有这一代码的指标"),
        ({"weight": "0"}, "应在 1 至"),
        ({"weight": "100"}, "应在 1 至"),
        ({"weight": "many"}, "请填写整数"),
        ({"least": "100"}, "应在 1 至"),
        ({"dimension": ""}, "请选择"),
        ({"dimension": "luck"}, "请选择"),
        ({"name": ""}, "请填写名称"),
        ({"asked": ""}, "请写明看什么"),
    ],
)
def test_an_indicator_that_cannot_be_changes_nothing(keeper: Browser, changes: dict[str, str], why: str) -> None:
    keeper.posts(PAGE)
    before = versions.numbered(db.session(), RosterCriteria, 2).digest
    assert why in keeper.posts(INDICATOR, indicator(**changes), expects=422).text
    db.session.expire_all()
    assert versions.numbered(db.session(), RosterCriteria, 2).digest == before


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"least": ""}, "请填写入围线"),
        ({"least": "100"}, "应在 1 至"),
        ({"effective_from": "2026-03-02"}, "今天之后"),
        ({"effective_from": "soon"}, "日期"),
        ({"reason": ""}, "请写明理由"),
        ({"least": "60"}, "没有变化"),
    ],
)
def test_a_proposal_that_cannot_be_changes_nothing(keeper: Browser, changes: dict[str, str], why: str) -> None:
    keeper.posts(PAGE)
    before = versions.numbered(db.session(), RosterCriteria, 2).digest
    assert why in keeper.posts(f"{PAGE}/2/proposal", proposal(**changes), expects=422).text
    db.session.expire_all()
    version = versions.numbered(db.session(), RosterCriteria, 2)
    assert version.is_drawn_up and version.digest == before
