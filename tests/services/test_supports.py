"""The register of supports: entered once, corrected with the former entry kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.supports import Support as Kind
from app.models import Support, db
from app.queries import supports as queries
from app.services import supports
from app.services.changing import changing
from app.services.supports import Entry
from tests.flows.office import Office
from tests.flows.programme import Programme, populate

PRAISED = Entry(
    kind=Kind.NQ05,
    receiver="南海区市场监督管理局",
    given_on=date(2023, 1, 16),
    what="对培优工程中工作成效显著的单位通报表扬",
    published="联席会议办公室通报",
)


@pytest.fixture
def programme(either_office: Office) -> Programme:
    return populate(either_office)


def enters(programme: Programme, who: str = "xieminyi", **changes: Any) -> Support:
    with changing(db.session):
        return supports.enter(db.session(), replace(PRAISED, **changes), by=programme.user(who))


def corrects(programme: Programme, former: Support, **changes: Any) -> Support:
    with changing(db.session):
        return supports.correct(
            db.session(), former, replace(PRAISED, **changes), reason="日期有误", by=programme.user("luoyi")
        )


@pytest.mark.parametrize("who", ["xieminyi", "wuxueqin", "zhouyongkang", "luoyi", "lishaoming", "director"])
def test_the_bureaus_people_enter_supports(programme: Programme, who: str) -> None:
    entry = enters(programme, who)
    assert (entry.entered_by.id, entry.amount) == (programme.people[who], None)


def test_a_district_enters_none(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        enters(programme, "tannanhai")


def test_the_same_twice_is_entered_once(programme: Programme) -> None:
    enters(programme)
    with pytest.raises(Stale):
        enters(programme, "luoyi")
    enters(programme, given_on=date(2023, 1, 17))


def test_a_company_that_the_office_knows_is_found(programme: Programme) -> None:
    known = programme.office.requesting
    by_code = enters(programme, receiver="美誉", uscc=known.uscc)
    by_name = enters(programme, receiver=known.name)
    assert by_code.organization_id == by_name.organization_id == known.id
    assert enters(programme).organization_id is None


def test_a_correction_keeps_the_former_entry_and_its_files(programme: Programme) -> None:
    first = enters(programme, files=[programme.file("xieminyi")], published="")
    second = corrects(programme, first, given_on=date(2023, 1, 18), published="")
    assert (first.in_force, second.in_force, second.reason) == (False, True, "日期有误")
    assert [file.id for file in second.files] == [file.id for file in first.files]
    with pytest.raises(Stale):
        corrects(programme, first)
    third = corrects(programme, second, amount=Decimal(50000))
    assert queries.former(third) == [second, first]
    assert queries.successor(db.session(), first) == second
    assert queries.entries(db.session()) == [third]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"given_on": date(2026, 3, 3)}, "不能晚于今天"),
        ({"given_on": date(2019, 12, 31)}, "早于方案"),
        ({"amount": Decimal(0)}, "大于 0"),
        ({"amount": Decimal(-5)}, "大于 0"),
        ({"published": ""}, "请上传证明材料"),
        ({"files": [999_999]}, "没有上传成功"),
    ],
)
def test_what_cannot_be_is_not_entered(programme: Programme, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        enters(programme, **changes)
    assert queries.entries(db.session()) == []


def test_the_list_is_filtered_by_support_receiver_and_year(programme: Programme) -> None:
    enters(programme)
    enters(programme, kind=Kind.NQ08, receiver="顺德_50%电器", given_on=date(2022, 5, 1))
    for asked, found in (
        ({"kind": "NQ08"}, 1),
        ({"receiver": "南海"}, 1),
        ({"receiver": "_"}, 1),
        ({"receiver": "%"}, 1),
        ({"year": 2022}, 1),
        ({"year": 2021}, 0),
        ({}, 2),
    ):
        assert len(queries.entries(db.session(), **asked)) == found, asked
    assert queries.years(db.session()) == [2023, 2022]


def test_strangers_find_no_entry(programme: Programme) -> None:
    entry = enters(programme, files=[programme.file("xieminyi")])
    programme.people["clerk"] = programme.office.clerk.id
    for look in (
        lambda: queries.support_for(db.session(), programme.user("clerk"), entry.id),
        lambda: queries.file_for(db.session(), programme.user("clerk"), entry.id, entry.files[0].id),
        lambda: queries.file_for(db.session(), programme.user("luoyi"), entry.id, 999_999),
    ):
        with pytest.raises(NotFound):
            look()
    assert queries.file_for(db.session(), programme.user("tannanhai"), entry.id, entry.files[0].id)
