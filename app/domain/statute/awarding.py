"""The periods of an application for an award. The programme gives none but the public notice (TL51): all are the office's own."""

from __future__ import annotations

from app.domain.statute.own import asked, target
from app.domain.texts import Text

OFFICE = Text("本局奖励办理目标", "the office's own periods for awards")
APPLICANT = Text("本局奖励申报规定", "the office's own rules for applicants")

RULES = (
    target("award.formality", Text("奖励申报形式审查", "Award: formality check"), 5, "application_received", OFFICE),
    asked(
        "award.correction",
        Text("奖励申报补正", "Award: correct the application"),
        10,
        "correction_asked",
        APPLICANT,
        Text("逾期未补正的，不予受理", "not corrected in time, it is not accepted"),
    ),
    asked(
        "award.secondary",
        Text("补交容缺材料", "Award: hand in what was promised"),
        10,
        "application_accepted",
        APPLICANT,
        Text("逾期未补交的，终止审核", "not handed in in time, the review ends"),
    ),
    target("award.recommend", Text("区局推荐", "Award: district recommendation"), 10, "application_accepted", OFFICE),
    target("award.score", Text("专家评分", "Award: expert scores"), 10, "review_began", OFFICE),
    target("award.review", Text("奖励审核", "Award: review"), 10, "review_began", OFFICE),
    target("award.conclude", Text("审批审核结论", "Award: approve the conclusion"), 5, "review_ended", OFFICE),
    asked(
        "award.reconsider",
        Text("申请复核", "Award: ask for reconsideration"),
        10,
        "result_told",
        APPLICANT,
        Text("逾期未申请的，不予支持的结论生效", "not asked for in time, the rejection stands"),
    ),
    target("award.decide_reconsideration", Text("复核", "Award: reconsider"), 20, "reconsideration_asked", OFFICE),
    asked(
        "award.confirm",
        Text("免申即享确认", "Direct award: confirm"),
        10,
        "grant_offered",
        APPLICANT,
        Text("逾期未确认的，本次不再拨付", "not confirmed in time, nothing is paid this time"),
    ),
    target("award.appeal", Text("处理名单异议", "Direct award: settle an appeal"), 10, "grant_appealed", OFFICE),
    asked("award.account", Text("更正收款账户", "Award: correct the account"), 10, "payment_failed", APPLICANT),
    asked(
        "award.receipt",
        Text("确认收款", "Award: confirm receipt"),
        10,
        "grant_paid",
        APPLICANT,
        Text("逾期未回执的，按银行记录视为已经收款", "without a receipt in time, the bank's record counts"),
    ),
)
