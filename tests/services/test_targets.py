"""Targets: one person reports, another confirms, and what was confirmed is kept when it is corrected."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app.commands.workflows import TARGETS
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.targets import Stage, Standing
from app.models import Target, TargetPlan, TargetValue, db
from app.queries import measured
from app.queries import targets as queries
from app.services import targets
from app.services.changing import changing
from app.services.targets import Report
from tests.flows.office import Office
from tests.flows.programme import Programme, populate

PATENTS, STANDARD_CITY, SHARE, GOALS, CITY_STAGE = "K04", "K11", "K05", "K15", "K16"
YEAR = 2022


@pytest.fixture
def programme(either_office: Office) -> Programme:
    return populate(either_office)


def target(target_id: str) -> Target:
    return db.session.get_one(Target, target_id)


def reports(
    programme: Programme, who: str, figure: Any, *, of: str = PATENTS, unit: str = "nanhai", **more: Any
) -> TargetValue:
    given = Report(year=more.pop("year", YEAR), figure=figure, published="统计公报第 3 页", **more)
    with changing(db.session):
        where = programme.unit(unit) if unit else None
        return targets.report(db.session(), target(of), given, unit=where, by=programme.user(who))


def confirms(programme: Programme, value: TargetValue, who: str = "director") -> None:
    with changing(db.session):
        targets.confirm(db.session(), value, by=programme.user(who))


def refused(act: Callable[[], object], error: type[Exception], why: str | None = None) -> None:
    with pytest.raises(error, match=why), changing(db.session):
        act()


def sheet(of: str = PATENTS) -> queries.Sheet:
    db.session.expire_all()
    return queries.sheets(db.session(), target=target(of))[0]


def test_the_targets_are_brought_in_once(programme: Programme) -> None:
    assert db.session.scalar(select(func.count()).select_from(Target)) == 16
    with changing(db.session):
        assert targets.bring_in(db.session(), TARGETS) == 0
    db.session.execute(delete(TargetPlan))
    db.session.execute(delete(Target).where(Target.id == "K16"))
    db.session.commit()
    with changing(db.session):
        assert targets.bring_in(db.session(), TARGETS) == 1


def test_a_value_counts_once_another_person_has_confirmed_it(programme: Programme) -> None:
    value = reports(programme, "tannanhai", Decimal(9_800), files=[programme.file("tannanhai")])
    nanhai = programme.units["nanhai"]
    assert sheet().figure(nanhai, YEAR).value is None
    assert [one.id for one in queries.waiting(db.session())] == [value.id]
    confirms(programme, value)
    assert sheet().figure(nanhai, YEAR).value == 9_800
    assert sheet().figure(None, YEAR) == (Decimal(9_800), 1)
    assert sheet().judgement(None, YEAR).standing is Standing.IN_PART
    assert queries.waiting(db.session()) == []


def test_the_city_is_the_sum_of_its_districts(programme: Programme) -> None:
    for who, unit in (("tannanhai", "nanhai"), ("lichancheng", "chancheng")):
        confirms(programme, reports(programme, who, Decimal(16_000), unit=unit))
    assert sheet().figure(None, YEAR) == (Decimal(32_000), 0)
    assert sheet().judgement(None, YEAR).standing is Standing.REACHED


def test_nobody_confirms_or_gives_back_what_they_reported_themselves(programme: Programme) -> None:
    value = reports(programme, "director", Decimal(3), of=STANDARD_CITY, unit="")
    refused(lambda: targets.confirm(db.session(), value, by=programme.user("director")), RuleBroken, "另一人")
    refused(
        lambda: targets.send_back(db.session(), value, because="口径", by=programme.user("director")),
        RuleBroken,
        "另一人",
    )
    confirms(programme, value, "lishaoming")
    assert sheet(STANDARD_CITY).judgement(None, YEAR).standing is Standing.REACHED


def test_the_database_knows_that_two_people_are_needed(programme: Programme) -> None:
    value = reports(programme, "director", Decimal(3), of=STANDARD_CITY, unit="")
    value.state, value.decided_by_id, value.decided_at = "confirmed", value.reported_by_id, value.reported_at
    with pytest.raises(IntegrityError, match="four_eyes"):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("who", ["lichancheng", "wuxueqin", "xieminyi", "zhouyongkang", "luoyi", "lishaoming"])
def test_nobody_but_its_officer_reports_for_a_district(programme: Programme, who: str) -> None:
    refused(lambda: reports(programme, who, Decimal(1)), NotAllowed)
    assert db.session.scalar(select(func.count()).select_from(TargetValue)) == 0


@pytest.mark.parametrize("who", ["tannanhai", "wuxueqin", "xieminyi"])
def test_nobody_but_who_leads_confirms(programme: Programme, who: str) -> None:
    value = reports(programme, "tannanhai", Decimal(1))
    refused(lambda: targets.confirm(db.session(), value, by=programme.user(who)), NotAllowed)


def test_what_is_given_back_may_be_reported_anew(programme: Programme) -> None:
    value = reports(programme, "tannanhai", Decimal(1))
    with changing(db.session):
        targets.send_back(db.session(), value, because="与年报不一致", by=programme.user("director"))
    again = reports(programme, "tannanhai", Decimal(2))
    confirms(programme, again)
    assert [(one.value, one.state) for one in queries.history(db.session(), target(PATENTS))] == [
        (2, "confirmed"),
        (1, "returned"),
    ]
    refused(lambda: targets.confirm(db.session(), value, by=programme.user("director")), Stale)


def test_a_corrected_value_keeps_the_former_one_with_who_and_why(programme: Programme) -> None:
    confirms(programme, reports(programme, "tannanhai", Decimal(9_800)))
    refused(lambda: reports(programme, "tannanhai", Decimal(9_900)), RuleBroken, "更正的请写明理由")
    refused(lambda: reports(programme, "tannanhai", Decimal(9_800)), Stale, "已经确认的就是")
    value = reports(programme, "tannanhai", Decimal(9_900), reason="补报狮山镇数据")
    assert sheet().figure(programme.units["nanhai"], YEAR).value == 9_800
    confirms(programme, value, "lishaoming")
    assert sheet().figure(programme.units["nanhai"], YEAR).value == 9_900
    now, before = queries.history(db.session(), target(PATENTS))
    assert (now.reason, before.state, before.value) == ("补报狮山镇数据", "replaced", 9_800)
    assert before.replaced_at is not None


def test_the_same_twice_is_reported_once(programme: Programme) -> None:
    value = reports(programme, "tannanhai", Decimal(1))
    refused(lambda: reports(programme, "tannanhai", Decimal(1)), Stale)
    confirms(programme, value)
    refused(lambda: targets.confirm(db.session(), value, by=programme.user("lishaoming")), Stale)
    assert db.session.scalar(select(func.count()).select_from(TargetValue)) == 1


@pytest.mark.parametrize(
    ("figure", "more", "why"),
    [
        (Decimal(-1), {}, "不能是负数"),
        (Decimal(10**9), {}, "数值过大"),
        (Decimal("1.5"), {}, "请填写整数"),
        (Decimal(1), {"year": 2018}, "只能填报"),
        (Decimal(1), {"year": 2027}, "只能填报"),
        (Stage.REACHED, {}, "请按这一指标的要求"),
        (Decimal(1), {"of": STANDARD_CITY}, "由市局统一填报"),
        (Decimal(1), {"files": [999_999]}, "没有上传成功"),
    ],
)
def test_what_cannot_be_true_changes_nothing(programme: Programme, figure: Any, more: dict[str, Any], why: str) -> None:
    refused(lambda: reports(programme, "tannanhai", figure, **more), RuleBroken, why)
    assert db.session.scalar(select(func.count()).select_from(TargetValue)) == 0


def test_the_file_of_somebody_else_proves_nothing(programme: Programme) -> None:
    theirs = programme.file("lichancheng")
    refused(lambda: reports(programme, "tannanhai", Decimal(1), files=[theirs]), RuleBroken, "没有上传成功")


def test_nothing_is_reported_without_proof(programme: Programme) -> None:
    given = Report(year=YEAR, figure=Decimal(1))
    refused(
        lambda: targets.report(
            db.session(), target(PATENTS), given, unit=programme.unit("nanhai"), by=programme.user("tannanhai")
        ),
        RuleBroken,
        "请上传证明材料",
    )


def test_of_a_target_in_words_a_stage_is_reported_by_the_city(programme: Programme) -> None:
    value = reports(programme, "lishaoming", Stage.UNDER_WAY, of=CITY_STAGE, unit="", words="已提交申报方案")
    confirms(programme, value)
    assert sheet(CITY_STAGE).judgement(None, YEAR).standing is Standing.UNDER_WAY
    refused(lambda: reports(programme, "lishaoming", Decimal(1), of=CITY_STAGE, unit="", year=2023), RuleBroken)
    assert sheet(CITY_STAGE).judgement(None, 2023).standing is Standing.UNREPORTED
    confirms(programme, reports(programme, "lishaoming", Stage.REACHED, of=CITY_STAGE, unit="", year=2024))
    assert sheet(CITY_STAGE).judgement(None, 2026).standing is Standing.REACHED


def test_what_districts_report_is_not_entered_for_the_city(programme: Programme) -> None:
    refused(lambda: reports(programme, "director", Decimal(1), unit=""), RuleBroken, "由各区填报")
    confirms(programme, reports(programme, "director", Decimal("36.6"), of=SHARE, unit=""), "lishaoming")
    assert sheet(SHARE).judgement(None, YEAR).standing is Standing.REACHED


def test_a_district_plans_for_itself_and_the_bureau_for_the_city(programme: Programme) -> None:
    def plans(who: str, unit: str, value: int, year: int = 2026) -> None:
        with changing(db.session):
            where = programme.unit(unit) if unit else None
            targets.plan(
                db.session(),
                target(PATENTS),
                year=year,
                unit=where,
                value=Decimal(value),
                reason="年度工作计划",
                by=programme.user(who),
            )

    plans("tannanhai", "nanhai", 12_000)
    assert measured.counted(db.session(), GOALS, 2026, programme.units["nanhai"]) == 1
    assert measured.counted(db.session(), GOALS, 2026, programme.units["chancheng"]) == 0
    plans("tannanhai", "nanhai", 13_000)
    refused(lambda: plans("tannanhai", "nanhai", 13_000), Stale)
    refused(lambda: plans("tannanhai", "chancheng", 1), NotAllowed)
    refused(lambda: plans("tannanhai", "", 1), NotAllowed)
    refused(lambda: plans("director", "", 1, year=2019), RuleBroken, "设定计划")
    plans("lishaoming", "", 40_000)
    assert queries.counted(db.session(), target(GOALS), 2026) == 0  # one district has set itself none
    assert sheet().plan(None) == {2022: 31_500, 2026: 40_000}
    assert sheet().plan(programme.units["nanhai"]) == {2026: 13_000}
    assert measured.counted(db.session(), GOALS, 2026) == 1
    kept = [(one.value, one.replaced_at is None) for one in queries.plans_of(db.session(), target(PATENTS))]
    assert kept == [(40_000, True), (13_000, True), (12_000, False), (31_500, True)]


def test_what_every_district_has_to_reach_is_each_ones_plan(programme: Programme) -> None:
    with changing(db.session):
        targets.plan(
            db.session(),
            target(GOALS),
            year=2022,
            unit=None,
            value=Decimal(2),
            reason="每区至少两项",
            by=programme.user("director"),
        )
    confirms(programme, reports(programme, "tannanhai", Decimal(3), of=GOALS))
    assert sheet(GOALS).judgement(programme.units["nanhai"], YEAR).standing is Standing.REACHED
    assert sheet(GOALS).judgement(None, YEAR).standing is Standing.UNREPORTED
    confirms(programme, reports(programme, "lichancheng", Decimal(1), of=GOALS, unit="chancheng"))
    assert sheet(GOALS).judgement(None, YEAR).standing is Standing.SHORT


def test_strangers_find_neither_target_nor_value(programme: Programme) -> None:
    value = reports(programme, "tannanhai", Decimal(1), files=[programme.file("tannanhai")])
    clerk = programme.office.clerk.id
    programme.people["clerk"] = clerk
    for look in (
        lambda: queries.target_for(db.session(), programme.user("clerk"), PATENTS),
        lambda: queries.value_for(db.session(), programme.user("clerk"), value.id),
        lambda: queries.evidence_for(db.session(), programme.user("clerk"), value.id, value.files[0].id),
        lambda: queries.evidence_for(db.session(), programme.user("director"), value.id, 999_999),
        lambda: queries.target_for(db.session(), programme.user("director"), "K99"),
    ):
        with pytest.raises(NotFound):
            look()
    assert queries.evidence_for(db.session(), programme.user("luoyi"), value.id, value.files[0].id)


def test_what_the_system_counts_is_about_something_the_programme_names(programme: Programme) -> None:
    known = set(db.session.scalars(select(Target.id)))
    for key in measured.MEASURES:
        assert key in known or key[0] == "M"
        nothing = None if key in ("K02", "K03") else 0  # where no roster is kept yet nothing is known of it
        assert measured.counted(db.session(), key, YEAR) == nothing
        assert measured.counted(db.session(), key, YEAR, programme.units["nanhai"]) == nothing
    assert measured.counted(db.session(), "K01", YEAR) is None


def test_an_agreement_that_was_issued_is_counted_in_its_year(programme: Programme) -> None:
    programme.office.performing()
    db.session.rollback()
    assert measured.counted(db.session(), "M38", 2026) == 1
    assert measured.counted(db.session(), "M38", 2026, programme.office.unit.id) == 1
    assert measured.counted(db.session(), "M38", 2025) == 0
