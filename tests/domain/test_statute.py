"""The rules: every row of the table of time limits is known, says where it comes from, and keeps to its regime."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain import statute
from app.domain.calendar import Calendar
from app.domain.deadlines import Due, Pause, compute
from app.domain.errors import RuleBroken
from app.domain.periods import PAUSES, Length, Regime, Rule, Term, Unit

PLAIN = Calendar()
OLD, NEW = date(2024, 5, 6), date(2026, 3, 2)
GAPS_IN_THE_TABLE = {27, 28, 29, 30, 39, 40, 43, 44, 49, 54, 55, 56, 57, 58, 59}


def due(key: str, day: date, **given: object) -> Due:
    return compute(statute.find(key), received=day, start=day, calendar=PLAIN, **given)  # type: ignore[arg-type]


def terms() -> list[tuple[Rule, Term]]:
    return [(rule, term) for rule in statute.RULES.values() for term in rule.terms.values()]


def test_every_row_of_the_table_has_its_rules() -> None:
    ids = {f"TL{n:02}" for n in range(1, 61) if n not in GAPS_IN_THE_TABLE}
    assert {rule.id for rule in statute.RULES.values()} == ids | {""}


def test_every_rule_speaks_both_languages_and_says_where_it_comes_from() -> None:
    for rule, term in terms():
        texts = [rule.name, term.citation, *filter(None, (rule.effect, term.note))]
        texts += [words for step in term.extensions for words in (step.authority, step.reason)]
        for text in texts:
            assert text.zh, rule.key
            assert text.en, rule.key
            assert text.en.isascii(), (rule.key, text.en)


def test_every_start_pause_and_variant_is_known() -> None:
    for rule, term in terms():
        assert term.start in statute.STARTS, rule.key
        assert term.exclusions <= PAUSES.keys(), rule.key
        assert all(length.n > 0 for length in term.variants.values()), rule.key


def test_every_rule_is_either_counted_or_says_why_not() -> None:
    for rule, term in terms():
        assert (term.length is None) == (term.note is not None), rule.key


@pytest.mark.parametrize(
    ("key", "length"),
    [
        ("mediation.correction", Length(10, Unit.DAYS)),
        ("mediation.serve", Length(5, Unit.WORKING_DAYS)),
        ("mediation.statement", Length(15, Unit.DAYS)),
        ("mediation.docket", Length(5, Unit.WORKING_DAYS)),
        ("mediation.refuse", Length(5, Unit.WORKING_DAYS)),
        ("mediation.ownership_close", Length(2, Unit.MONTHS)),
        ("mediation.resume", Length(15, Unit.DAYS)),
        ("mediation.copy_to_cnipa", Length(5, Unit.WORKING_DAYS)),
        ("confirmation.apply", Length(30, Unit.DAYS)),
        ("recusal.request", Length(3, Unit.WORKING_DAYS)),
        ("recusal.decision", Length(3, Unit.WORKING_DAYS)),
        ("service.public_notice", Length(60, Unit.DAYS)),
        ("fast.triage", Length(1, Unit.WORKING_DAYS)),
        ("fast.contact", Length(3, Unit.WORKING_DAYS)),
        ("fast.first_session", Length(5, Unit.WORKING_DAYS)),
        ("fast.finish", Length(15, Unit.WORKING_DAYS)),
        ("adjudication.docket", Length(5, Unit.WORKING_DAYS)),
        ("adjudication.close", Length(3, Unit.MONTHS)),
        ("adjudication.publish", Length(20, Unit.WORKING_DAYS)),
        ("enforcement.exhortation", Length(10, Unit.WORKING_DAYS)),
    ],
)
def test_today_a_period_is_as_long_as_order_81_and_its_companions_say(key: str, length: Length) -> None:
    assert statute.rule(key).term(Regime.ORDER81).length == length


@pytest.mark.parametrize(
    "key",
    [
        "mediation.serve",  # only "promptly" in 2015
        "mediation.refuse",
        "mediation.ownership_close",
        "mediation.resume",
        "recusal.request",
        "evidence.period",
    ],
)
def test_what_order_81_brought_is_not_read_into_older_cases(key: str) -> None:
    with pytest.raises(RuleBroken):
        due(key, OLD)
    assert due(key, NEW)


@pytest.mark.parametrize("key", ["mediation.overall", "mediation.no_show", "adjudication.panel", "fair.transfer"])
def test_a_rule_without_a_number_of_days_is_not_computed(key: str) -> None:
    with pytest.raises(RuleBroken, match="法规未规定期限"):
        due(key, NEW)


def test_where_the_law_only_asks_for_promptness_the_office_sets_its_own_length() -> None:
    internal = statute.rule("mediation.serve").term(Regime.ORDER71).internal
    assert internal == Length(5, Unit.WORKING_DAYS)
    assert due("mediation.serve", OLD, length=5).due == date(2024, 5, 11)


def test_some_days_are_named_by_the_agreement_or_a_notice() -> None:
    assert set(filter(statute.is_agreed, statute.keys())) == {
        "agreement.performance",
        "mediation.session",
        "visit.planned",
        "visit.follow",
    }
    with pytest.raises(RuleBroken, match="以调解协议约定的日期为准"):
        due("agreement.performance", NEW)


def test_a_regime_that_does_not_know_a_period_says_so_without_a_number() -> None:
    silent = statute.rule("mediation.ownership_close").term(Regime.ORDER71)
    assert (silent.length, silent.internal, silent.start) == (None, None, "docketed")
    with pytest.raises(RuleBroken, match="令71）没有规定这项期限"):
        due("mediation.ownership_close", OLD)


def test_a_correction_is_given_from_five_to_thirty_days() -> None:
    assert due("mediation.correction", NEW, length=5).due == date(2026, 3, 9)  # 7 March is a Saturday
    assert due("mediation.correction", NEW, length=30).due == date(2026, 4, 1)
    for n in (4, 31, 0, -1):
        with pytest.raises(RuleBroken, match="期限不得"):
            due("mediation.correction", NEW, length=n)


def test_a_period_of_the_law_cannot_be_set_otherwise() -> None:
    with pytest.raises(RuleBroken, match="不能另行指定"):
        due("mediation.statement", NEW, length=20)


def test_a_party_without_domicile_answers_in_thirty_days_since_order_81() -> None:
    assert due("TL06", NEW, variant="no_domicile").due == date(2026, 4, 1)
    with pytest.raises(RuleBroken, match="没有“no_domicile”这种情形"):
        due("TL06", OLD, variant="no_domicile")


def test_an_ownership_mediation_is_extended_once_by_the_head_of_the_department() -> None:
    assert due("mediation.ownership_close", NEW, extensions=1).due == date(2026, 6, 2)
    with pytest.raises(RuleBroken, match="最多可以延长 1 次"):
        due("mediation.ownership_close", NEW, extensions=2)


def test_closing_climbs_the_ladder_of_its_regime() -> None:
    assert [due("TL18", NEW, extensions=n).due for n in range(3)] == [
        date(2026, 6, 2),
        date(2026, 7, 2),
        date(2026, 9, 2),
    ]
    assert due("TL18", OLD, extensions=1).due == date(2024, 9, 6)
    with pytest.raises(RuleBroken):
        due("TL18", OLD, extensions=2)


def test_settlement_talks_stop_the_closing_period_only_since_order_81() -> None:
    def talks(day: date) -> list[Pause]:
        return [Pause("settlement", day.replace(day=10), day.replace(day=19))]

    assert due("TL18", NEW, pauses=talks(NEW)).due == date(2026, 6, 12)
    with pytest.raises(RuleBroken, match="中止（suspension）、公告（announcement）、检验鉴定（appraisal）"):
        due("TL18", OLD, pauses=talks(OLD))


@pytest.mark.parametrize("kind", ["recusal", "service", "settlement"])
def test_the_fast_track_waits_for_recusal_service_and_settlement(kind: str) -> None:
    stopped = due("fast.finish", NEW, pauses=[Pause(kind, date(2026, 3, 9), date(2026, 3, 13))])
    assert stopped.due == date(2026, 3, 30)


@pytest.mark.parametrize("kind", ["recusal", "holiday trip"])
def test_nothing_stops_the_statement_of_opinion(kind: str) -> None:
    with pytest.raises(RuleBroken, match="没有可以不计入的期间"):
        due("mediation.statement", NEW, pauses=[Pause(kind, NEW, NEW)])


def test_a_rule_answers_to_its_key_and_to_its_id() -> None:
    assert statute.find("TL32") is statute.find(" tl32 ") is statute.find("mediation.statement")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("TL09", "jurisdiction.decision"),
        ("TL11", "recusal.decision"),
        ("TL15", "hearing.reply"),
        ("TL37", "mediation.resume"),
        ("TL42", "confirmation.court_accept"),
        ("TL46", "complaint.end"),
        ("TL60", "fast.finish"),
    ],
)
def test_an_id_with_several_rules_means_the_first_that_its_row_names(name: str, key: str) -> None:
    assert statute.find(name).key == key
    assert key in statute.keys_of(name)
    assert len(statute.keys_of(name)) > 1


@pytest.mark.parametrize("name", ["TL99", "", "mediation.nothing"])
def test_an_unknown_rule_is_refused(name: str) -> None:
    with pytest.raises(RuleBroken, match=r"没有“.*”这条期限规则"):
        statute.find(name)


def test_what_happens_by_itself_is_named() -> None:
    acting = {rule.key for rule in statute.RULES.values() if rule.acts}
    assert {"mediation.correction", "mediation.statement", "confirmation.apply"} <= acting
    assert all(statute.rule(key).effect for key in acting - {"evidence.period"})


def test_lengths_read_as_words() -> None:
    assert Length(15, Unit.DAYS).words == ("15 日", "15 days")
    assert Length(1, Unit.WORKING_DAYS).words == ("1 个工作日", "1 working day")
