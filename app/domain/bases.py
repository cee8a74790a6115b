"""The legal basis of a mediation by kind of right, and what else is open to the parties.

The patent measures (orders 71 and 81) and adjudication are for patents alone. For a trademark the trademark law lets the
office mediate the damages of an infringement. For any other right the product knows no article, and cites none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain import numerals
from app.domain.disputes import PATENT_RIGHTS, DisputeKind, RefusalReason, RightType
from app.domain.periods import Regime, regime_on

TRADEMARK_LAW_REVISED = date(2027, 1, 1)
TRADEMARK_2019 = "《中华人民共和国商标法》第六十条"
TRADEMARK_2026 = "《中华人民共和国商标法》第七十四条"

# What a request for the mediation of a patent dispute lacks, by article: the conditions of every request (order 81,
# art. 12; the text of 2015, art. 10), the disputes that are mediated (63) and what their request states and encloses (64;
# 22), and correction (16; the text of 2015 knows none). Another reason is not known to either.
_REFUSED_UNDER: dict[Regime, dict[RefusalReason, tuple[int, ...]]] = {
    Regime.ORDER81: {
        RefusalReason.NO_STANDING: (12,),
        RefusalReason.NO_RESPONDENT: (12, 64),
        RefusalReason.NO_FACTS: (12, 64),
        RefusalReason.NOT_COMPETENT: (12, 63),
        RefusalReason.IN_COURT: (12,),
        RefusalReason.NO_DECISION: (64,),
        RefusalReason.UNCORRECTED: (16,),
    },
    Regime.ORDER71: {
        RefusalReason.NO_STANDING: (10,),
        RefusalReason.NO_RESPONDENT: (10,),
        RefusalReason.NO_FACTS: (10,),
        RefusalReason.NOT_COMPETENT: (10,),
        RefusalReason.IN_COURT: (10,),
        RefusalReason.NO_DECISION: (22,),
    },
}
_MEASURES = {Regime.ORDER81: "《专利纠纷行政裁决和调解办法》", Regime.ORDER71: "《专利行政执法办法》"}


def is_patent(right: str) -> bool:
    """Say whether the right is one that the patent measures speak of."""
    return right in PATENT_RIGHTS


def trademark_article(on: date) -> str:
    """Return the article on disputes over the infringement of a trademark: of 2019, or as revised in 2026."""
    return TRADEMARK_2026 if on >= TRADEMARK_LAW_REVISED else TRADEMARK_2019


def is_trademark_infringement(right: str, dispute: str) -> bool:
    """Say whether the trademark law's article on infringement disputes applies."""
    return right == RightType.TRADEMARK and dispute == DisputeKind.INFRINGEMENT


def trademark_law(right: str, dispute: str, on: date) -> str:
    """Return the article on which the office mediates over a trademark; empty for any other right or dispute."""
    return trademark_article(on) if is_trademark_infringement(right, dispute) else ""


def speaks_of(citation: str, right: str | None) -> bool:
    """Say whether a text that gives a period speaks of this right: what has patents in its name does so of them only."""
    return right is None or is_patent(right) or "专利" not in citation


def other_ways(right: str, dispute: str, on: date) -> str:
    """Return what a party may still do where there is no mediation, as the end of a sentence of a letter made ``on`` a day.

    What is done after the letter is done under the law of that time, not of the day on which the request came in.
    """
    if is_patent(right) and dispute == DisputeKind.INFRINGEMENT:
        return "依法请求行政裁决、向人民法院起诉，或者通过其他途径解决"
    if is_trademark_infringement(right, dispute):
        article = trademark_article(on)
        return f"依照{article}向人民法院起诉，或者请求负责商标执法的部门处理，也可以通过其他途径解决"
    return "依法向人民法院起诉，或者通过其他途径解决"


def of_refusal(right: str, reasons: Iterable[RefusalReason], received: date) -> str:
    """Return the articles under which a request is refused for these reasons; empty where none is known.

    They are those of the text that held on the day of receipt, and patents alone have them.
    """
    regime = regime_on(received)
    cited = {article for reason in reasons for article in _REFUSED_UNDER[regime].get(reason, ())}
    if not cited or not is_patent(right):
        return ""
    return _MEASURES[regime] + "、".join(f"第{numerals.spelt(article)}条" for article in sorted(cited))
