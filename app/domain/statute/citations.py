"""How the texts that give the periods are cited, and the words the rules share."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from app.domain.periods import Extension, Length, Regime, Term, Unit
from app.domain.roles import Role
from app.domain.texts import Text

# The events from which periods run: the code kept with a case, and how a reader calls it.
STARTS = MappingProxyType(
    {
        "infringement_known": Text("知道或者应当知道侵权之日", "the day the infringement became known"),
        "warning_received": Text(
            "权利人收到催告之日；按发出计算的，为发出之日",
            "the day the right holder received the exhortation, or the day it was sent",
        ),
        "request_received": Text("收到请求书之日", "the day the request was received"),
        "accepted": Text("受理之日", "the day of acceptance"),
        "correction_notified": Text("收到补正通知之日", "the day the correction notice was received"),
        "docketed": Text("立案之日", "the day of docketing"),
        "request_served": Text("被请求人收到请求书副本之日", "the day the respondent received the request"),
        "resign_notified": Text("收到重交通知之日", "the day of the notice to sign and hand in again"),
        "answer_received": Text("收到答辩书之日", "the day the answer was received"),
        "objection_received": Text("收到异议书之日", "the day the objection was received"),
        "consent_received": Text(
            "意见陈述齐备（有同意调解的）之日", "the day all statements were in or due, one of them consenting"
        ),
        "statements_closed": Text("陈述期满或者收到不同意意见之日", "the day the statements closed"),
        "list_known": Text("知道办案人员名单之日", "the day the names of the officials became known"),
        "recusal_requested": Text("提出回避申请之日", "the day recusal was asked for"),
        "review_requested": Text("申请复议之日", "the day a review was asked for"),
        "evidence_notified": Text("收到举证通知书之日", "the day the evidence notice was received"),
        "findings_notified": Text("收到裁决前告知之日", "the day the notice before the decision was received"),
        "hearing": Text("口头审理之日", "the day of the hearing"),
        "hearing_notified": Text("收到口头审理通知书之日", "the day the hearing notice was received"),
        "evidence_registered": Text("登记保存之日", "the day the evidence was registered"),
        "evidence_released": Text("解除登记保存之日", "the day the evidence was released"),
        "session": Text("调解之日", "the day of the mediation session"),
        "agreed": Text("达成协议之日", "the day of the agreement"),
        "closed": Text("结案之日", "the day the case was closed"),
        "agreement_effective": Text("调解协议生效之日", "the day the agreement took effect"),
        "confirmation_applied": Text("法院收到申请之日", "the day the court received the application"),
        "confirmation_accepted": Text("法院受理之日", "the day the court accepted the application"),
        "decision_made": Text("作出裁决之日", "the day of the decision"),
        "decision_served": Text("收到处理决定或者裁决书之日", "the day the decision was received"),
        "decision_changed": Text("裁决变更或者撤销之日", "the day the decision was changed or revoked"),
        "refusal_served": Text("收到不予受理或者撤案通知之日", "the day the refusal or cancellation was received"),
        "performance_due": Text("履行期限或者法定起诉期届满之日", "the day the time to perform or to sue ended"),
        "office_term_ended": Text(
            "机关申请执行的期限届满之日", "the day the office's time to apply for enforcement ended"
        ),
        "exhortation_served": Text("催告书送达之日", "the day the exhortation was served"),
        "notice_published": Text("发出公告之日", "the day the notice was published"),
        "paper_received": Text("收到文书之日", "the day the paper was received"),
        "complaint_received": Text("收到投诉之日", "the day the complaint was received"),
        "complaint_accepted": Text("投诉受理之日", "the day the complaint was accepted"),
        "mediation_ended": Text("终止调解之日", "the day the mediation was ended"),
        "nomination_received": Text("收到完整自荐材料之日", "the day the complete nomination was received"),
        "evaluation_began": Text("抽取评审人员之日", "the day the evaluators were drawn"),
        "review_opened": Text("开始年度复核之日", "the day the yearly review was opened"),
        "self_report_in": Text("收到自评或者自评期满之日", "the day the self-report came in or its time was over"),
        "facts_checked": Text("核实完成之日", "the day the facts were checked"),
        "assessment_made": Text("提出评定意见之日", "the day the assessment was made"),
        "putting_right_asked": Text("要求整改之日", "the day it was asked to be put right"),
        "put_right_reported": Text("报告整改完成之日", "the day it was reported as put right"),
        "application_received": Text("收到申报之日", "the day the application was received"),
        "correction_asked": Text("通知补正之日", "the day correction was asked for"),
        "application_accepted": Text("受理申报之日", "the day the application was accepted"),
        "review_began": Text("开始审核之日", "the day the review began"),
        "review_ended": Text("审核完成之日", "the day the review ended"),
        "result_told": Text("告知审核结果之日", "the day the result was told"),
        "reconsideration_asked": Text("申请复核之日", "the day reconsideration was asked for"),
        "grant_offered": Text("通知确认之日", "the day confirmation was asked for"),
        "grant_appealed": Text("提出名单异议之日", "the day of the appeal"),
        "project_filed": Text("提交项目之日", "the day the project was filed"),
        "guidance_due": Text("交付辅导之日", "the day the project was given to be guided"),
        "revision_asked": Text("请单位修改之日", "the day the unit was asked to revise"),
        "guidance_ended": Text("辅导完成之日", "the day the guidance ended"),
        "project_recommended": Text("决定推荐之日", "the day of the recommendation"),
        "payment_failed": Text("银行退票之日", "the day the bank returned the payment"),
        "grant_paid": Text("拨付之日", "the day of payment"),
        "help_asked": Text("登记诉求之日", "the day help was asked for"),
        "help_assigned": Text("派单之日", "the day the request was assigned"),
        "help_answered": Text("答复之日", "the day of the answer"),
        "visit_begun": Text("回访任务下达之日", "the day the visit was set"),
        "visit_fixed": Text("通知回访时间之日", "the day the time of the visit was told"),
        "visit_day": Text("约定的回访之日", "the day fixed for the visit"),
        "visit_held": Text("回访之日", "the day of the visit"),
        "visit_seen_to": Text("问题跟进结束之日", "the day the follow-up ended"),
        "clue_found": Text("发现线索之日", "the day the clue was found"),
        "docketing_decided": Text("作出立案决定之日", "the day it was decided to docket"),
        "publicity_began": Text("公示首日", "the first day of the public notice"),
        "information_made": Text("信息形成或者变更之日", "the day the information came about or changed"),
        "case_finished": Text("办结之日", "the day the matter was finished"),
        "bad_rating": Text("收到差评之日", "the day of the bad rating"),
    }
)

SUSPENSION = frozenset({"suspension"})

PANEL = Text("合议组", "the panel")
HEAD = Text("部门负责人", "the head of the department")
UPPER = Text("上一级机关", "the authority one level up")
BY_NOTICE = Text("期限由机关在补正通知中指定", "the office sets the period in its notice")


def order81(article: str) -> Text:
    """Cite the measures of 2025."""
    return Text(
        f"《专利纠纷行政裁决和调解办法》（令81）第{article}条",
        f"Measures for Adjudication and Mediation of Patent Disputes (order 81), art. {article}",
    )


def order71(article: str) -> Text:
    """Cite the measures of 2015."""
    return Text(
        f"《专利行政执法办法》（令71）第{article}条",
        f"Measures for Patent Administrative Enforcement (order 71), art. {article}",
    )


def guide(place: str, place_en: str) -> Text:
    """Cite the guide of 2019, on which practice goes on where order 81 gives no number."""
    return Text(
        f"《专利侵权纠纷行政裁决办案指南》（2019）{place}",
        f"Guide to Patent Infringement Adjudication (2019), {place_en}",
    )


def joined(first: Text, second: Text) -> Text:
    """Cite two texts side by side."""
    return Text(f"{first.zh}；{second.zh}", f"{first.en}; {second.en}")


def both(term: Term) -> dict[Regime, Term]:
    """Return the same term under either regime."""
    return {Regime.ORDER71: term, Regime.ORDER81: term}


def practice(term: Term) -> dict[Regime, Term]:
    """Return a term of the guide under either regime; order 81 says nothing of it, so that there it is practice only."""
    citation = Text(
        f"{term.citation.zh}（令81未作规定，按实务掌握）", f"{term.citation.en} (practice; not in order 81)"
    )
    return {Regime.ORDER71: term, Regime.ORDER81: replace(term, citation=citation)}


def since_order81(term: Term, before: Text) -> dict[Regime, Term]:
    """Return the same term under either regime, which was cited by ``before`` until order 81 came."""
    return {Regime.ORDER71: replace(term, citation=before), Regime.ORDER81: term}


def days(n: int) -> Length:
    """Return calendar days."""
    return Length(n, Unit.DAYS)


def working_days(n: int) -> Length:
    """Return working days."""
    return Length(n, Unit.WORKING_DAYS)


def months(n: int) -> Length:
    """Return months."""
    return Length(n, Unit.MONTHS)


def head_may(length: Length, reason: str, reason_en: str) -> Extension:
    """Return a step that the head of the department decides."""
    return Extension(length, Role.DIRECTOR, HEAD, Text(reason, reason_en))


def kinds(*names: str) -> frozenset[str]:
    """Return pause kinds as a set."""
    return frozenset(names)
