"""The periods at the end of an adjudication: closing, publication, remedies, enforcement."""

from __future__ import annotations

from app.domain.periods import Extension, Regime, Rule, Term
from app.domain.roles import Role
from app.domain.statute.citations import (
    UPPER,
    both,
    days,
    head_may,
    joined,
    kinds,
    months,
    order71,
    order81,
    working_days,
)
from app.domain.texts import Text

R71, R81 = Regime.ORDER71, Regime.ORDER81

_CLOSE_71 = kinds("announcement", "appraisal", "suspension")
_CLOSE_81 = kinds(
    "suspension", "announcement", "appraisal", "jurisdiction_objection", "evidence_extension", "settlement"
)


def _closing() -> tuple[Rule, ...]:
    one_month_71 = head_may(months(1), "案情特别复杂", "the case is particularly complex")
    one_month_81 = head_may(months(1), "案情复杂", "the case is complex")
    upper = Extension(
        months(2),
        Role.DIRECTOR,
        UPPER,
        Text("案情特别复杂或者有其他特殊情况", "particularly complex, or special circumstances"),
    )
    return (
        Rule(
            key="adjudication.close",
            id="TL18",
            name=Text("结案", "Close the case"),
            terms={
                R71: Term(
                    citation=order71("21"),
                    start="docketed",
                    length=months(3),
                    exclusions=_CLOSE_71,
                    extensions=(one_month_71,),
                ),
                R81: Term(
                    citation=order81("37"),
                    start="docketed",
                    length=months(3),
                    exclusions=_CLOSE_81,
                    extensions=(one_month_81, upper),
                ),
            },
        ),
        Rule(
            key="adjudication.publish",
            id="TL21",
            name=Text("公开裁决", "Publish the decision"),
            terms={
                R71: Term(citation=order71("46"), start="decision_made", length=working_days(20)),
                R81: Term(citation=order81("83"), start="decision_made", length=working_days(20)),
            },
            effect=Text("变更或者撤销后二十个工作日内再公开", "Published again within 20 working days of a change"),
        ),
        Rule(
            key="adjudication.publish_again",
            id="TL21",
            name=Text("再次公开裁决", "Publish the decision again"),
            terms={
                R71: Term(citation=order71("46"), start="decision_changed", length=working_days(20)),
                R81: Term(citation=order81("83"), start="decision_changed", length=working_days(20)),
            },
        ),
    )


def _remedies() -> tuple[Rule, ...]:
    urging = Text("《行政强制法》第54条、第69条", "Administrative Compulsion Law, arts. 54 and 69")
    compulsion = Text("《行政强制法》第53条", "Administrative Compulsion Law, art. 53")
    remedy = Text(
        "《专利侵权纠纷行政裁决办案指南》（2019）文书；《行政诉讼法》第46条；《行政复议法》（2023）第20条",
        "Guide (2019), forms; Administrative Litigation Law, art. 46; Reconsideration Law (2023), art. 20",
    )
    return (
        Rule(
            key="adjudication.sue",
            id="TL19",
            name=Text("提起行政诉讼", "Sue"),
            terms={
                R71: Term(
                    citation=Text(
                        "《专利法》（2008）第60条、（2020）第65条", "Patent Law (2008), art. 60; (2020), art. 65"
                    ),
                    start="decision_served",
                    length=days(15),
                ),
                R81: Term(citation=joined(order81("31"), order81("80")), start="decision_served", length=days(15)),
            },
            effect=Text("诉讼不停止执行", "Suing does not stay execution"),
            acts=True,
            from_service=True,
        ),
        Rule(
            key="adjudication.remedy",
            id="TL20",
            name=Text("对不予受理、撤案寻求救济", "Remedy against refusal or cancellation"),
            terms=both(
                Term(
                    citation=remedy,
                    start="refusal_served",
                    length=days(15),
                    variants={"suit": months(6), "reconsideration": days(60)},
                )
            ),
            effect=Text("逾期不起诉的，决定不再变动", "Not sued in time: the decision stands"),
            configurable=True,
            acts=True,
            from_service=True,
        ),
        Rule(
            key="enforcement.apply",
            id="TL22",
            name=Text("申请法院强制执行", "Apply to the court for enforcement"),
            terms={
                R71: Term(citation=joined(order71("44"), compulsion), start="performance_due", length=months(3)),
                R81: Term(citation=joined(order81("80"), compulsion), start="performance_due", length=months(3)),
            },
            effect=Text("申请前先催告", "Exhortation comes first"),
            from_service=True,
        ),
        Rule(
            key="enforcement.right_holder",
            id="TL22",
            name=Text("权利人申请法院强制执行", "The right holder applies to the court for enforcement"),
            terms={
                R71: Term(citation=order71("44"), start="office_term_ended", length=months(6)),
                R81: Term(citation=order81("80"), start="office_term_ended", length=months(6)),
            },
            effect=Text(
                "无正当理由逾期申请的，法院不予受理",
                "Too late without good reason: the court does not take it",
            ),
            acts=True,
        ),
        Rule(
            key="enforcement.exhortation",
            id="TL23",
            name=Text("催告后履行", "Performance after exhortation"),
            terms=both(Term(citation=urging, start="exhortation_served", length=working_days(10))),
            effect=Text("期满未履行的，可以申请法院强制执行", "Not performed: enforcement may be applied for"),
            acts=True,
            from_service=True,
        ),
    )


RULES = (*_closing(), *_remedies())
