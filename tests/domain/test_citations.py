"""Each rule is cited by the text that the table of time limits names for its regime."""

from __future__ import annotations

import re

import pytest

from app.domain import statute
from app.domain.periods import Regime

# For each row of the table: the articles of order 71 and of order 81, or words of another text; None: not in the table.
GUIDE, OWN = "办案指南", "本局"
RATINGS = "粤办函〔2020〕21号、粤政数〔2020〕11号、GDZW 0059—2022"
TABLE: dict[str, tuple[str | None, str | None]] = {
    "TL01": (None, "19"),
    "TL02": ("机关在补正通知中指定", "16"),
    "TL03": ("13", "20"),
    "TL04": ("13", "20"),
    "TL05": ("14", "22"),
    "TL06": ("14", "22"),
    "TL07": (GUIDE, "按实务掌握"),
    "TL08": ("14", "22"),
    "TL09": (GUIDE, "9"),
    "TL10": ("7", "5"),
    "TL11": (GUIDE, "按实务掌握"),
    "TL12": (None, "54"),
    "TL13": ("16", "26"),
    "TL14": (GUIDE, "按实务掌握"),
    "TL15": (GUIDE, "26"),
    "TL17": (None, "24"),
    "TL18": ("21", "37"),
    "TL19": ("《专利法》（2008）第60条、（2020）第65条", "31 80"),
    "TL20": (
        "《行政诉讼法》第46条；《行政复议法》（2023）第20条",
        "《行政诉讼法》第46条；《行政复议法》（2023）第20条",
    ),
    "TL21": ("46", "83"),
    "TL22": ("44", "80"),
    "TL23": ("《行政强制法》第54条、第69条", "《行政强制法》第54条、第69条"),
    "TL24": (GUIDE, "10"),
    "TL25": (GUIDE, "按实务掌握"),
    "TL26": (None, "13"),
    "TL31": ("23", "65"),
    "TL32": ("23", "65"),
    "TL33": ("24", "66"),
    "TL34": ("24", "66"),
    "TL35": (None, "67"),
    "TL36": (None, "70"),
    "TL37": ("27", "70"),
    "TL38": (OWN, OWN),
    "TL41": ("《人民调解法》第33条；《民事诉讼法》（2021）第201条", "《民事诉讼法》（2023）第205条"),
    "TL42": ("司法确认程序的若干规定》（2011）", "司法确认程序的若干规定》（2011）"),
    "TL45": ("《市场监督管理投诉举报处理暂行办法》第14条", "《市场监督管理投诉举报处理暂行办法》第14条"),
    "TL46": ("《市场监督管理投诉举报处理暂行办法》第21条", "《市场监督管理投诉举报处理暂行办法》第21条"),
    "TL47": ("《市场监督管理投诉举报处理暂行办法》第", "《市场监督管理投诉举报处理暂行办法》第"),
    "TL48": ("《市场监督管理行政处罚程序规定》", "《市场监督管理行政处罚程序规定》"),
    "TL50": ("《展会知识产权保护办法》第11条", "《展会知识产权保护办法》第11条"),
    "TL51": ("粤府〔2018〕120号", "粤府〔2018〕120号"),
    "TL52": ("《政府信息公开条例》第26条", "《政府信息公开条例》第26条"),
    "TL53": ("国办发〔2019〕51号", RATINGS),
    "TL60": (OWN, OWN),
}
# Rules of a row whose text the table names in words only.
OF_THEIR_OWN = {"evidence.collection"}
ORDERS = {Regime.ORDER71: "令71", Regime.ORDER81: "令81"}


@pytest.mark.parametrize("key", [key for key, rule in statute.RULES.items() if rule.id])
def test_a_rule_is_cited_as_the_table_says(key: str) -> None:
    rule = statute.RULES[key]
    row = {"TL16": ("40", "49"), **TABLE}[rule.id]
    for regime, wanted in zip((Regime.ORDER71, Regime.ORDER81), row, strict=True):
        term = rule.terms.get(regime)
        assert (term is None) == (wanted is None), regime
        if term is None or wanted is None or key in OF_THEIR_OWN:
            continue
        articles = re.findall(rf"（{ORDERS[regime]}）第(\d+)条", term.citation.zh)
        if wanted.replace(" ", "").isdecimal():
            assert articles == wanted.split(), term.citation.zh
        else:
            assert wanted in term.citation.zh
            assert not articles, term.citation.zh


@pytest.mark.parametrize("regime", list(Regime))
def test_the_five_days_of_a_major_hearing_are_cited_with_the_measures_that_give_them(regime: Regime) -> None:
    term = statute.rule("hearing.notice").term(regime)
    assert "major" in term.variants
    assert "《重大专利侵权纠纷行政裁决办法》（2021）第16条" in term.citation.zh
