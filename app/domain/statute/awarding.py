"""The periods of an application for an award. The programme gives none but the public notice (TL51): all are the office's own."""

from __future__ import annotations

from app.domain.periods import Rule, Term
from app.domain.statute.citations import both, kinds, working_days
from app.domain.texts import Text

OFFICE = Text("本局奖励办理目标", "the office's own periods for awards")
APPLICANT = Text("本局奖励申报规定", "the office's own rules for applicants")


def _rules() -> tuple[Rule, ...]:
    def target(key: str, zh: str, en: str, n: int, start: str) -> Rule:
        """Return what the office asks of itself."""
        term = Term(
            citation=OFFICE,
            start=start,
            length=working_days(n),
            exclusions=kinds("correction", "recusal"),
            least=1,
            most=60,
        )
        return Rule(key=key, id="TL60", name=Text(zh, en), terms=both(term), statutory=False, configurable=True)

    def asked(key: str, zh: str, en: str, n: int, start: str, effect: Text | None = None) -> Rule:
        """Return what an applicant is asked to do in time; with an ``effect`` something follows by itself."""
        term = Term(citation=APPLICANT, start=start, length=working_days(n), least=1, most=60)
        return Rule(
            key=key,
            id="TL60",
            name=Text(zh, en),
            terms=both(term),
            effect=effect,
            statutory=False,
            acts=effect is not None,
            configurable=True,
        )

    return (
        target("award.formality", "奖励申报形式审查", "Award: formality check", 5, "application_received"),
        asked(
            "award.correction",
            "奖励申报补正",
            "Award: correct the application",
            10,
            "correction_asked",
            Text("逾期未补正的，不予受理", "not corrected in time, it is not accepted"),
        ),
        asked(
            "award.secondary",
            "补交容缺材料",
            "Award: hand in what was promised",
            10,
            "application_accepted",
            Text("逾期未补交的，终止审核", "not handed in in time, the review ends"),
        ),
        target("award.recommend", "区局推荐", "Award: district recommendation", 10, "application_accepted"),
        target("award.score", "专家评分", "Award: expert scores", 10, "review_began"),
        target("award.review", "奖励审核", "Award: review", 10, "review_began"),
        target("award.conclude", "审批审核结论", "Award: approve the conclusion", 5, "review_ended"),
        asked(
            "award.reconsider",
            "申请复核",
            "Award: ask for reconsideration",
            10,
            "result_told",
            Text("逾期未申请的，不予支持的结论生效", "not asked for in time, the rejection stands"),
        ),
        target("award.decide_reconsideration", "复核", "Award: reconsider", 20, "reconsideration_asked"),
        asked(
            "award.confirm",
            "免申即享确认",
            "Direct award: confirm",
            10,
            "grant_offered",
            Text("逾期未确认的，本次不再拨付", "not confirmed in time, nothing is paid this time"),
        ),
        target("award.appeal", "处理名单异议", "Direct award: settle an appeal", 10, "grant_appealed"),
        asked("award.account", "更正收款账户", "Award: correct the account", 10, "payment_failed"),
        asked(
            "award.receipt",
            "确认收款",
            "Award: confirm receipt",
            10,
            "grant_paid",
            Text("逾期未回执的，按银行记录视为已经收款", "without a receipt in time, the bank's record counts"),
        ),
    )


RULES = _rules()
