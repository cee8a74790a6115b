"""Where the two texts differ: the same event in a case received on the last day of one and on the first of the other."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain import statute
from app.domain.calendar import Calendar
from app.domain.deadlines import Due, Pause, compute
from app.domain.errors import RuleBroken
from app.domain.periods import Length, Regime, Unit, regime_on

LAST_OF_2015, FIRST_OF_81 = date(2025, 1, 31), date(2025, 2, 1)
DOCKETED = date(2025, 2, 10)
PLAIN = Calendar()


def due(key: str, received: date, start: date, **given: object) -> Due:
    return compute(statute.find(key), received=received, start=start, calendar=PLAIN, **given)  # type: ignore[arg-type]


def test_the_day_of_receipt_alone_decides_which_text_governs() -> None:
    assert (regime_on(LAST_OF_2015), regime_on(FIRST_OF_81)) == (Regime.ORDER71, Regime.ORDER81)
    later = date(2026, 3, 2)  # whatever happens in the case long afterwards
    assert due("adjudication.answer", LAST_OF_2015, later).regime == Regime.ORDER71
    assert due("adjudication.answer", FIRST_OF_81, later).regime == Regime.ORDER81


def test_docketing_is_five_working_days_under_both_but_only_order_81_lets_the_head_add_five() -> None:
    # the festival ends on 4 February, and Saturday 8 February is worked for it
    assert due("adjudication.docket", LAST_OF_2015, LAST_OF_2015).due == date(2025, 2, 10)
    with pytest.raises(RuleBroken, match="这条期限不能延长"):
        due("adjudication.docket", LAST_OF_2015, LAST_OF_2015, extensions=1)
    assert due("adjudication.docket", FIRST_OF_81, FIRST_OF_81).due == date(2025, 2, 10)
    assert due("adjudication.docket", FIRST_OF_81, FIRST_OF_81, extensions=1).due == date(2025, 2, 17)


@pytest.mark.parametrize("key", ["adjudication.answer", "jurisdiction.objection"])
def test_a_respondent_without_domicile_has_thirty_days_only_since_order_81(key: str) -> None:
    served = date(2025, 3, 3)
    assert due(key, LAST_OF_2015, served).due == due(key, FIRST_OF_81, served).due == date(2025, 3, 18)
    with pytest.raises(RuleBroken, match="没有“no_domicile”这种情形"):
        due(key, LAST_OF_2015, served, variant="no_domicile")
    assert due(key, FIRST_OF_81, served, variant="no_domicile").due == date(2025, 4, 2)


def test_the_panel_puts_the_answer_off_only_since_order_81() -> None:
    week = (Length(7, Unit.DAYS),)
    with pytest.raises(RuleBroken, match="这条期限不能延长"):
        due("adjudication.answer", LAST_OF_2015, date(2025, 3, 3), extensions=week)
    assert due("adjudication.answer", FIRST_OF_81, date(2025, 3, 3), extensions=week).due == date(2025, 3, 25)


def test_the_evidence_period_of_fifteen_days_or_more_came_with_order_81() -> None:
    notified = date(2025, 3, 3)
    with pytest.raises(RuleBroken, match="令71）没有规定这项期限"):
        due("evidence.period", LAST_OF_2015, notified, length=20)
    assert due("evidence.period", FIRST_OF_81, notified).due == date(2025, 3, 18)
    assert due("evidence.period", FIRST_OF_81, notified, length=20).due == date(2025, 3, 24)  # 23 March is a Sunday
    with pytest.raises(RuleBroken, match="期限不得少于 15 日"):
        due("evidence.period", FIRST_OF_81, notified, length=14)


def test_a_jurisdiction_objection_has_a_day_to_be_decided_by_only_since_order_81() -> None:
    with pytest.raises(RuleBroken, match="没有给出决定的日数"):
        due("jurisdiction.decision", LAST_OF_2015, date(2025, 4, 29))
    assert due("jurisdiction.decision", FIRST_OF_81, date(2025, 4, 29)).due == date(2025, 5, 9)


def test_recusal_is_asked_for_within_three_working_days_only_since_order_81() -> None:
    with pytest.raises(RuleBroken, match="令71 没有给出日数"):
        due("recusal.request", LAST_OF_2015, date(2025, 4, 30))
    assert due("recusal.request", FIRST_OF_81, date(2025, 4, 30)).due == date(2025, 5, 8)


@pytest.mark.parametrize("kind", ["suspension", "announcement", "appraisal"])
def test_suspension_announcement_and_appraisal_stop_the_closing_limit_under_both(kind: str) -> None:
    ten_days = [Pause(kind, date(2025, 3, 1), date(2025, 3, 10))]
    for received in (LAST_OF_2015, FIRST_OF_81):
        assert due("adjudication.close", received, DOCKETED).due == date(2025, 5, 12)  # 10 May is a Saturday
        assert due("adjudication.close", received, DOCKETED, pauses=ten_days).due == date(2025, 5, 20)


@pytest.mark.parametrize("kind", ["jurisdiction_objection", "evidence_extension", "settlement"])
def test_objection_longer_evidence_and_settlement_stop_the_closing_limit_only_since_order_81(kind: str) -> None:
    ten_days = [Pause(kind, date(2025, 3, 1), date(2025, 3, 10))]
    with pytest.raises(RuleBroken, match="这条期限不因"):
        due("adjudication.close", LAST_OF_2015, DOCKETED, pauses=ten_days)
    assert due("adjudication.close", FIRST_OF_81, DOCKETED, pauses=ten_days).due == date(2025, 5, 20)


def test_the_head_adds_one_month_under_both_and_the_upper_authority_two_more_only_since_order_81() -> None:
    assert due("adjudication.close", LAST_OF_2015, DOCKETED, extensions=1).due == date(2025, 6, 10)
    with pytest.raises(RuleBroken, match="最多可以延长 1 次"):
        due("adjudication.close", LAST_OF_2015, DOCKETED, extensions=2)
    assert due("adjudication.close", FIRST_OF_81, DOCKETED, extensions=1).due == date(2025, 6, 10)
    assert due("adjudication.close", FIRST_OF_81, DOCKETED, extensions=2).due == date(2025, 8, 11)  # 10 is a Sunday


def test_the_first_month_asks_for_a_particularly_complex_case_in_2015_and_for_a_complex_one_since_order_81() -> None:
    close = statute.rule("adjudication.close")
    steps = {regime: [(s.authority.zh, s.reason.zh) for s in close.term(regime).extensions] for regime in Regime}
    assert steps == {
        Regime.ORDER71: [("部门负责人", "案情特别复杂")],
        Regime.ORDER81: [("部门负责人", "案情复杂"), ("上一级机关", "案情特别复杂或者有其他特殊情况")],
    }


def test_publication_takes_twenty_working_days_under_both_by_another_article() -> None:
    # which decisions are published (2015: only those that find infringement) is no matter of the period
    old, new = (due("adjudication.publish", received, date(2025, 9, 24)) for received in (LAST_OF_2015, FIRST_OF_81))
    assert old.due == new.due == date(2025, 10, 28)
    assert "令71）第46条" in old.citation.zh
    assert "令81）第83条" in new.citation.zh


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("adjudication.claim", date(2025, 3, 3), date(2028, 3, 3)),
        ("adjudication.advisory", date(2025, 3, 3), date(2025, 4, 3)),
        ("mediation.ownership_close", date(2025, 3, 3), date(2025, 5, 6)),  # the third is in the holiday
        ("mediation.serve", date(2025, 3, 3), date(2025, 3, 10)),
        ("mediation.refuse", date(2025, 3, 3), date(2025, 3, 10)),
        ("mediation.resume", date(2025, 3, 3), date(2025, 3, 18)),
        ("mediation.copy_to_cnipa", date(2025, 3, 3), date(2025, 3, 10)),
    ],
)
def test_what_only_order_81_limits_has_no_number_in_an_older_case(key: str, start: date, end: date) -> None:
    with pytest.raises(RuleBroken, match="法规未规定期限的日数"):
        due(key, LAST_OF_2015, start)
    assert due(key, FIRST_OF_81, start).due == end


def test_what_the_guide_alone_gives_is_cited_as_practice_since_order_81() -> None:
    old, new = (due("adjudication.resign_answer", received, DOCKETED) for received in (LAST_OF_2015, FIRST_OF_81))
    assert old.due == new.due
    assert "实务" not in old.citation.zh
    assert "令81未作规定，按实务掌握" in new.citation.zh


def test_the_right_holder_has_six_months_from_the_end_of_the_three_that_the_office_let_pass() -> None:
    for received in (LAST_OF_2015, FIRST_OF_81):
        office = due("TL22", received, date(2025, 9, 30))
        assert (office.rule, office.due) == ("enforcement.apply", date(2025, 12, 30))
        assert due("enforcement.right_holder", received, office.due).due == date(2026, 6, 30)
