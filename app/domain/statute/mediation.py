"""The periods of mediation, judicial confirmation, recusal and service."""

from __future__ import annotations

from dataclasses import replace

from app.domain.periods import Extension, Regime, Rule, Term
from app.domain.statute.citations import (
    BY_NOTICE,
    both,
    days,
    guide,
    head_may,
    joined,
    months,
    order71,
    order81,
    practice,
    working_days,
)
from app.domain.statute.fast_track import OFFICE
from app.domain.texts import Text

R71, R81 = Regime.ORDER71, Regime.ORDER81

_RECUSAL_GUIDE = guide("第一章第二节二", "ch. 1 s. 2(2)")
_SERVICE_GUIDE = guide("第一章第二节四", "ch. 1 s. 2(4)")
_NOTICE_LAW = Text("《民事诉讼法》（2021、2023）第95条", "Civil Procedure Law (2021, 2023), art. 95")
_COURT = Text("人民法院", "the court")
_CONFIRMATION = Text(
    "《最高人民法院关于人民调解协议司法确认程序的若干规定》（2011）",
    "Judicial Confirmation Provisions of the SPC (2011)",
)


def _confirmation(article: str) -> Text:
    return Text(f"{_CONFIRMATION.zh}第{article}条", f"{_CONFIRMATION.en}, art. {article}")


def _mediation() -> tuple[Rule, ...]:
    no_number = Text("办法只要求及时，没有给出日数", "the measures ask for promptness and give no number")
    # within the same five working days the case is docketed and the parties are told when and where to come
    docketing = {
        R71: Term(citation=order71("24"), start="consent_received", length=working_days(5)),
        R81: Term(citation=order81("66"), start="consent_received", length=working_days(5)),
    }
    return (
        Rule(
            key="mediation.correction",
            id="TL02",
            name=Text("补正", "Correction of materials"),
            terms={
                R71: Term(citation=BY_NOTICE, start="correction_notified", length=days(10), least=5, most=30),
                R81: Term(citation=order81("16"), start="correction_notified", length=days(10), least=5, most=30),
            },
            effect=Text(
                "逾期不补正或者补正后仍不符合规定的，不予受理", "Not corrected in time: the request is refused"
            ),
            statutory=False,
            acts=True,
            from_service=True,
            configurable=True,
        ),
        Rule(
            key="mediation.serve",
            id="TL31",
            name=Text("送达调解请求书副本", "Serve the mediation request"),
            terms={
                R71: Term(
                    citation=order71("23"),
                    start="request_received",
                    internal=working_days(5),
                    least=1,
                    most=30,
                    note=no_number,
                ),
                R81: Term(citation=order81("65"), start="request_received", length=working_days(5)),
            },
        ),
        Rule(
            key="mediation.statement",
            id="TL32",
            name=Text("提交意见陈述书", "Statement of opinion"),
            terms={
                R71: Term(citation=order71("23"), start="request_served", length=days(15)),
                R81: Term(citation=order81("65"), start="request_served", length=days(15)),
            },
            effect=Text("期满不提交的，视为不同意调解，不予立案", "No statement: not docketed"),
            acts=True,
        ),
        Rule(
            key="mediation.docket",
            id="TL33",
            name=Text("立案", "Docket the mediation"),
            terms=docketing,
        ),
        Rule(
            key="mediation.notify",
            id="TL33",
            name=Text("通知调解的时间、地点", "Give notice of the time and place of the mediation"),
            terms=docketing,
            once=True,
        ),
        Rule(
            key="mediation.refuse",
            id="TL34",
            name=Text("通知不予立案", "Give notice that the case is not docketed"),
            terms={
                R71: Term(
                    citation=order71("24"),
                    start="statements_closed",
                    internal=working_days(5),
                    least=1,
                    most=30,
                    note=no_number,
                ),
                R81: Term(citation=order81("66"), start="statements_closed", length=working_days(5)),
            },
        ),
        Rule(
            key="mediation.no_show",
            id="TL35",
            name=Text("无正当理由缺席调解", "Absence from mediation without good reason"),
            terms={
                R81: Term(
                    citation=order81("67"),
                    start="session",
                    note=Text("缺席当日即发生效果", "it takes effect on the day itself"),
                )
            },
            effect=Text(
                "请求人缺席按撤回请求处理；被请求人缺席视为未达成协议，撤销案件",
                "Requester absent: deemed withdrawn; respondent absent: no agreement, the case is cancelled",
            ),
        ),
        Rule(
            key="mediation.ownership_close",
            id="TL36",
            name=Text("权属纠纷调解结案", "Close an ownership mediation"),
            terms={
                R81: Term(
                    citation=order81("70"),
                    start="docketed",
                    length=months(2),
                    extensions=(head_may(months(1), "案情特别复杂", "the case is particularly complex"),),
                )
            },
        ),
        *_after_ownership(),
        Rule(
            key="mediation.overall",
            id="TL38",
            name=Text("非权属类调解总时限", "Mediation as a whole, other than ownership"),
            terms=both(
                Term(
                    citation=OFFICE,
                    start="docketed",
                    note=Text("法规没有规定，按本局快速调解目标掌握", "no text gives one; see the fast-track targets"),
                )
            ),
            statutory=False,
        ),
        Rule(
            key="mediation.session",
            id="",
            name=Text("召开调解会", "Hold the session"),
            terms=both(
                Term(
                    citation=Text("调解通知书确定的时间", "the time fixed in the notice"),
                    start="session",
                    note=Text("以调解通知书确定的日期为准", "the notice itself names the day"),
                )
            ),
            effect=Text("当日没有召开的，应当取消并另行安排", "Not held: it is cancelled and another one is fixed"),
            statutory=False,
            agreed=True,
        ),
        Rule(
            key="agreement.performance",
            id="",
            name=Text("履行调解协议", "Performance of the agreement"),
            terms=both(
                Term(
                    citation=Text("调解协议约定的履行期限", "the date agreed by the parties"),
                    start="agreement_effective",
                    note=Text(
                        "以调解协议约定的日期为准，是休息日的，顺延到下一个工作日",
                        "the agreement itself names the day; where it is a day off, the next working day counts",
                    ),
                )
            ),
            effect=Text("期满未履行的，由调解员登记履行情况", "Not performed in time: the mediator records it"),
            statutory=False,
            agreed=True,
        ),
    )


def _after_ownership() -> tuple[Rule, ...]:
    no_days = Text("令71 没有给出日数", "order 71 gives no number of days")
    return (
        Rule(
            key="mediation.resume",
            id="TL37",
            name=Text("达成协议后办理恢复手续", "Ask the national office to resume after the agreement"),
            terms={
                R71: Term(citation=order71("27"), start="agreed", note=no_days),
                R81: Term(citation=order81("70"), start="agreed", length=days(15)),
            },
            effect=Text("中止满一年未请求延长的，自行恢复", "Without an extension it resumes after one year"),
        ),
        Rule(
            key="mediation.copy_to_cnipa",
            id="TL37",
            name=Text("将结案结果抄送国家知识产权局", "Copy the result to the national office"),
            terms={
                R71: Term(citation=order71("27"), start="closed", note=no_days),
                R81: Term(citation=order81("70"), start="closed", length=working_days(5)),
            },
        ),
    )


def _confirmation_rules() -> tuple[Rule, ...]:
    court_may = Extension(
        days(10), None, _COURT, Text("案情特殊，经法院批准", "special circumstances, allowed by the court")
    )
    thirty_days = {
        R71: Term(
            citation=Text(
                "《人民调解法》第33条；《民事诉讼法》（2021）第201条",
                "People's Mediation Law, art. 33; Civil Procedure Law (2021), art. 201",
            ),
            start="agreement_effective",
            length=days(30),
        ),
        R81: Term(
            citation=Text("《民事诉讼法》（2023）第205条", "Civil Procedure Law (2023), art. 205"),
            start="agreement_effective",
            length=days(30),
        ),
    }
    return (
        Rule(
            key="confirmation.apply",
            id="TL41",
            name=Text("共同申请司法确认", "Apply together for judicial confirmation"),
            terms=thirty_days,
            effect=Text(
                "期满未申请的，不再办理司法确认；协议效力不受影响",
                "Not applied for: no confirmation; the agreement stands",
            ),
            acts=True,
        ),
        Rule(
            key="confirmation.file",
            id="TL41",
            name=Text("向法院提交司法确认申请", "File the application for confirmation with the court"),
            terms=thirty_days,
        ),
        Rule(
            key="confirmation.court_accept",
            id="TL42",
            name=Text("法院决定是否受理司法确认", "Court: decide whether to accept the application"),
            terms=both(Term(citation=_confirmation("4"), start="confirmation_applied", length=days(3))),
        ),
        Rule(
            key="confirmation.court_decide",
            id="TL42",
            name=Text("法院作出司法确认决定", "The court decides on the confirmation"),
            terms=both(
                Term(
                    citation=_confirmation("5"),
                    start="confirmation_accepted",
                    length=days(15),
                    extensions=(court_may,),
                )
            ),
        ),
    )


def _recusal_and_service() -> tuple[Rule, ...]:
    # the texts disagree (60 days in the guide, 30 in the procedure law): the longer one holds unless the office decides
    by_guide = joined(_SERVICE_GUIDE, _NOTICE_LAW)
    term = Term(
        citation=joined(order81("10"), by_guide),
        start="notice_published",
        length=days(60),
        variants={"civil": days(30)},
        least=30,
        most=60,
    )
    return (
        Rule(
            key="recusal.request",
            id="TL10",
            name=Text("申请回避", "Ask for recusal"),
            terms={
                R71: Term(
                    citation=order71("7"),
                    start="list_known",
                    note=Text("令71 没有给出日数", "order 71 gives no number of days"),
                ),
                R81: Term(citation=order81("5"), start="list_known", length=working_days(3)),
            },
            effect=Text(
                "有口头审理的最迟在开始时提出；其后才知道事由的，可以在审理终结前提出",
                "At the latest when a hearing begins; later only for what became known later",
            ),
            acts=True,
        ),
        Rule(
            key="recusal.decision",
            id="TL11",
            name=Text("决定是否回避", "Decide on the recusal"),
            terms=practice(Term(citation=_RECUSAL_GUIDE, start="recusal_requested", length=working_days(3))),
            effect=Text(
                "决定作出前，被申请回避的人员暂停参与，需要采取紧急措施的除外",
                "Until then the person concerned rests, except for urgent measures",
            ),
        ),
        Rule(
            key="recusal.review",
            id="TL11",
            name=Text("复议回避决定", "Review the recusal decision"),
            terms=practice(Term(citation=_RECUSAL_GUIDE, start="review_requested", length=working_days(3))),
            effect=Text("对回避决定只能申请复议一次", "A decision on recusal is reviewed once only"),
        ),
        Rule(
            key="service.public_notice",
            id="TL24",
            name=Text("公告送达", "Service by public notice"),
            terms={
                R71: replace(term, citation=by_guide),
                R81: term,
            },
            effect=Text("期满视为送达", "Then the paper counts as served"),
            configurable=True,
        ),
        Rule(
            key="service.return_receipt",
            id="TL25",
            name=Text("寄回送达回证", "Return the service receipt"),
            terms=practice(Term(citation=_SERVICE_GUIDE, start="paper_received", length=days(3))),
            effect=Text("未寄回的，另制回证附邮寄存单", "Not returned: a new one is made, with the postal slip"),
        ),
    )


RULES = (*_mediation(), *_confirmation_rules(), *_recusal_and_service())
