"""What is cited, and what is still open, fits the right in dispute."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain import bases, statute
from app.domain.disputes import PATENT_RIGHTS, DisputeKind, RefusalReason, RightType

OTHERS = sorted(set(RightType) - PATENT_RIGHTS)
DAY = date(2026, 11, 26)


@pytest.mark.parametrize("right", RightType)
@pytest.mark.parametrize("dispute", DisputeKind)
def test_only_the_infringement_of_a_patent_is_adjudicated(right: RightType, dispute: DisputeKind) -> None:
    expected = right in PATENT_RIGHTS and dispute == DisputeKind.INFRINGEMENT
    assert ("行政裁决" in bases.other_ways(right, dispute, DAY)) == expected


@pytest.mark.parametrize(
    ("on", "article"), [(date(2026, 12, 31), "第六十条"), (date(2027, 1, 1), "第七十四条"), (DAY, "第六十条")]
)
def test_the_article_on_trademarks_changes_with_the_year_2027(on: date, article: str) -> None:
    assert bases.trademark_article(on).endswith(article)
    assert article in bases.other_ways("trademark", "infringement", on)


@pytest.mark.parametrize("right", ["geographical_indication", "trade_secret", "copyright"])
def test_where_the_sources_give_no_article_none_is_cited(right: str) -> None:
    assert "第" not in bases.other_ways(right, "infringement", DAY)
    assert "第" not in bases.other_ways("trademark", "ownership", DAY)


@pytest.mark.parametrize("right", OTHERS)
def test_the_patent_measures_are_not_cited_for_another_right(right: str) -> None:
    for rule in statute.RULES.values():
        for term in rule.terms.values():
            cited = bases.speaks_of(term.citation.zh, right)
            assert cited == ("专利" not in term.citation.zh)
            assert bases.speaks_of(term.citation.zh, "design")


def test_only_the_infringement_of_a_trademark_is_mediated_under_the_trademark_law() -> None:
    assert bases.trademark_law("trademark", "infringement", DAY) == bases.trademark_article(DAY)
    for right, dispute in (("trademark", "ownership"), ("design", "infringement"), ("trade_secret", "infringement")):
        assert bases.trademark_law(right, dispute, DAY) == ""


NEW, OLD = "《专利纠纷行政裁决和调解办法》", "《专利行政执法办法》"


@pytest.mark.parametrize(
    ("reasons", "now", "before"),
    [
        (["no_standing"], f"{NEW}第十二条", f"{OLD}第十条"),
        (["not_competent", "in_court"], f"{NEW}第十二条、第六十三条", f"{OLD}第十条"),
        (["no_decision", "no_facts"], f"{NEW}第十二条、第六十四条", f"{OLD}第十条、第二十二条"),
        (["uncorrected"], f"{NEW}第十六条", ""),
        (["uncorrected", "no_decision"], f"{NEW}第十六条、第六十四条", f"{OLD}第二十二条"),
        (["other"], "", ""),
    ],
)
def test_a_request_is_refused_under_the_articles_of_its_reasons(reasons: list[str], now: str, before: str) -> None:
    ticked = [RefusalReason(reason) for reason in reasons]
    assert bases.of_refusal("design", ticked, date(2025, 2, 1)) == now
    assert bases.of_refusal("design", ticked, date(2025, 1, 31)) == before


@pytest.mark.parametrize("reason", [reason for reason in RefusalReason if reason is not RefusalReason.OTHER])
def test_every_reason_but_another_one_has_an_article(reason: RefusalReason) -> None:
    assert bases.of_refusal("invention", [reason], DAY).startswith(f"{NEW}第")
    assert all(bases.of_refusal(right, [reason], DAY) == "" for right in OTHERS)
