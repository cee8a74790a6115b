"""The periods of an adjudication, from the request to publication and enforcement."""

from __future__ import annotations

from dataclasses import replace

from app.domain.periods import Extension, Length, Regime, Rule, Term, Unit
from app.domain.roles import Role
from app.domain.statute.citations import (
    BY_NOTICE,
    PANEL,
    SUSPENSION,
    both,
    days,
    guide,
    head_may,
    joined,
    kinds,
    months,
    order71,
    order81,
    practice,
    working_days,
)
from app.domain.texts import Text

R71, R81 = Regime.ORDER71, Regime.ORDER81

# A suspension stops the whole case (order 81, art. 28), so the periods of its main line stand still with it.
_PANEL_MAY = Extension(None, Role.ADJUDICATOR, PANEL, Text("当事人申请并说明理由", "asked for by a party with reasons"))
_HEARING_FORM = guide("文书《口头审理通知书》", "form: notice of hearing")
_MAJOR_CASES = Text(
    "《重大专利侵权纠纷行政裁决办法》（2021）第16条",
    "Measures for Adjudication of Major Patent Infringement Disputes (2021), art. 16",
)
_ANSWER_EFFECT = Text("逾期不提交的，不影响处理", "No answer does not hold the case up")


def _before_docketing() -> tuple[Rule, ...]:
    correcting = kinds("correction")
    return (
        Rule(
            key="adjudication.claim",
            id="TL01",
            name=Text("提出裁决请求的时效", "Time within which adjudication may be asked for"),
            terms={R81: Term(citation=order81("19"), start="infringement_known", length=Length(3, Unit.YEARS))},
            effect=Text(
                "侵权仍在持续且权利有效的应当受理；被请求人提出时限抗辩且无中止、中断、延长事由的，撤销案件",
                "A continuing infringement is accepted; if the respondent pleads it and nothing saves it, cancelled",
            ),
        ),
        Rule(
            key="adjudication.correction",
            id="TL02",
            name=Text("补正", "Correction of materials"),
            terms={
                R71: Term(
                    citation=BY_NOTICE,
                    start="correction_notified",
                    length=days(10),
                    least=5,
                    most=30,
                ),
                R81: Term(
                    citation=order81("16"),
                    start="correction_notified",
                    length=days(10),
                    least=5,
                    most=30,
                ),
            },
            effect=Text(
                "逾期不补正或者补正后仍不符合规定的，不予立案", "Not corrected in time: the request is not docketed"
            ),
            statutory=False,
            acts=True,
            from_service=True,
            configurable=True,
        ),
        Rule(
            key="adjudication.docket",
            id="TL03",
            name=Text("决定立案或者不予受理", "Docket or refuse"),
            terms={
                R71: Term(
                    citation=order71("13"), start="request_received", length=working_days(5), exclusions=correcting
                ),
                R81: Term(
                    citation=order81("20"),
                    start="request_received",
                    length=working_days(5),
                    exclusions=correcting,
                    extensions=(head_may(working_days(5), "案情特别复杂", "the case is particularly complex"),),
                ),
            },
        ),
        Rule(
            key="adjudication.panel",
            id="TL04",
            name=Text("指定合议组", "Appoint the panel"),
            terms={
                R71: Term(citation=order71("13"), start="docketed", note=_at_once()),
                R81: Term(citation=order81("20"), start="docketed", note=_at_once()),
            },
        ),
        Rule(
            key="adjudication.advisory",
            id="TL26",
            name=Text("被警告人可以请求咨询意见", "The person warned may ask for an opinion"),
            terms={
                R81: Term(
                    citation=order81("13"),
                    start="warning_received",
                    length=months(1),
                    variants={"sent": months(2)},
                )
            },
            effect=Text(
                "权利人既不撤回警告也不请求处理或者起诉的，被警告人可以请求",
                "If the right holder neither takes the warning back nor acts, the person warned may ask",
            ),
        ),
    )


def _at_once() -> Text:
    return Text("与立案同时指定", "at the same time as docketing")


def _answering() -> tuple[Rule, ...]:
    no_domicile = {"no_domicile": days(30)}
    return (
        Rule(
            key="adjudication.serve",
            id="TL05",
            name=Text("送达请求书副本", "Serve the request"),
            terms={
                R71: Term(citation=order71("14"), start="docketed", length=working_days(5), exclusions=SUSPENSION),
                R81: Term(citation=order81("22"), start="docketed", length=working_days(5), exclusions=SUSPENSION),
            },
        ),
        Rule(
            key="adjudication.answer",
            id="TL06",
            name=Text("提交答辩书", "Answer"),
            terms={
                R71: Term(citation=order71("14"), start="request_served", length=days(15), exclusions=SUSPENSION),
                R81: Term(
                    citation=order81("22"),
                    start="request_served",
                    length=days(15),
                    exclusions=SUSPENSION,
                    extensions=(_PANEL_MAY,),
                    variants=no_domicile,
                ),
            },
            effect=_ANSWER_EFFECT,
            acts=True,
        ),
        Rule(
            key="adjudication.resign_answer",
            id="TL07",
            name=Text("重交签章的答辩书", "Hand in the answer again, signed"),
            terms=practice(
                Term(
                    citation=guide("第二章第一节四（三）（3）", "ch. 2 s. 1(4)(3)(3)"),
                    start="resign_notified",
                    length=days(3),
                    exclusions=SUSPENSION,
                )
            ),
            effect=Text("逾期视为未提交", "Late: it counts as not handed in"),
            acts=True,
            from_service=True,
        ),
        Rule(
            key="adjudication.serve_answer",
            id="TL08",
            name=Text("向请求人送达答辩书副本", "Serve the answer"),
            terms={
                R71: Term(
                    citation=order71("14"), start="answer_received", length=working_days(5), exclusions=SUSPENSION
                ),
                R81: Term(
                    citation=order81("22"), start="answer_received", length=working_days(5), exclusions=SUSPENSION
                ),
            },
        ),
        Rule(
            key="jurisdiction.decision",
            id="TL09",
            name=Text("决定管辖异议", "Decide on the jurisdiction objection"),
            terms={
                R71: Term(
                    citation=guide("（管辖异议）", "jurisdiction objection"),
                    start="objection_received",
                    note=Text(
                        "办案指南只要求答辩期内书面提出，没有给出决定的日数", "the guide gives no number of days"
                    ),
                ),
                R81: Term(citation=order81("9"), start="objection_received", length=working_days(5)),
            },
            effect=Text(
                "成立的移送，不成立的驳回；其间不计入办案期限", "Upheld: transferred; else rejected; not counted"
            ),
        ),
        Rule(
            key="jurisdiction.objection",
            id="TL09",
            name=Text("提出管辖异议", "Object to jurisdiction"),
            terms={
                R71: Term(
                    citation=guide("（管辖异议）", "jurisdiction objection"),
                    start="request_served",
                    length=days(15),
                    exclusions=SUSPENSION,
                ),
                R81: Term(
                    citation=order81("9"),
                    start="request_served",
                    length=days(15),
                    exclusions=SUSPENSION,
                    extensions=(_PANEL_MAY,),  # it is as long as the time to answer
                    variants=no_domicile,
                ),
            },
            effect=Text("限在答辩期内书面提出", "Only within the time for the answer, in writing"),
            acts=True,
        ),
    )


def _by_form(term: Term) -> dict[Regime, Term]:
    """Return a period that the form of the notice gives; order 81 leaves another day to the panel (art. 26)."""
    return {R71: term, R81: replace(term, citation=joined(order81("26"), term.citation))}


def _evidence_and_hearing() -> tuple[Rule, ...]:
    notice = Text(
        "无正当理由缺席：请求人按撤回处理，被请求人缺席处理", "Absent: requester withdrawn, respondent by default"
    )
    return (
        Rule(
            key="evidence.period",
            id="TL12",
            name=Text("举证期限", "Evidence period"),
            terms={
                R81: Term(
                    citation=order81("54"),
                    start="evidence_notified",
                    length=days(15),
                    least=15,
                    agreeable=True,
                    exclusions=SUSPENSION,
                    extensions=(_PANEL_MAY,),
                )
            },
            acts=True,
            from_service=True,
        ),
        Rule(
            key="hearing.notice",
            id="TL13",
            name=Text("通知口头审理", "Give notice of the hearing"),
            terms={
                R71: Term(
                    citation=joined(order71("16"), _MAJOR_CASES),
                    start="hearing",
                    length=working_days(3),
                    variants={"major": working_days(5)},
                    before=True,
                ),
                R81: Term(
                    citation=joined(order81("26"), _MAJOR_CASES),
                    start="hearing",
                    length=working_days(3),
                    variants={"major": working_days(5)},
                    before=True,
                ),
            },
            effect=notice,
        ),
        Rule(
            key="hearing.announcement",
            id="TL14",
            name=Text("公告口头审理", "Announce the public hearing"),
            terms=practice(
                Term(
                    citation=guide("第二章第三节一", "ch. 2 s. 3(1)"),
                    start="hearing",
                    length=working_days(3),
                    before=True,
                )
            ),
            effect=Text("不公开审理的除外", "Not for a closed hearing"),
        ),
        Rule(
            key="hearing.reply",
            id="TL15",
            name=Text("寄回口头审理回执", "Reply to the notice of hearing"),
            terms=_by_form(Term(citation=_HEARING_FORM, start="hearing_notified", length=days(3))),
            effect=Text("逾期不回复的，不影响开庭", "No reply does not hold the hearing up"),
            acts=True,
            from_service=True,
        ),
        Rule(
            key="hearing.reschedule",
            id="TL15",
            name=Text("申请改期口头审理", "Ask for another day of hearing"),
            terms=_by_form(Term(citation=_HEARING_FORM, start="hearing", length=days(3), before=True)),
            effect=Text("是否延期由合议组决定", "Whether it is put off is for the panel to decide"),
        ),
        Rule(
            key="evidence.registration",
            id="TL16",
            name=Text("对登记保存的证据作出决定", "Decide on registered evidence"),
            terms={
                R71: Term(citation=order71("40"), start="evidence_registered", length=days(7)),
                R81: Term(citation=order81("49"), start="evidence_registered", length=days(7)),
            },
        ),
        Rule(
            key="evidence.collection",
            id="TL16",
            name=Text("领回解除登记保存的物品", "Fetch released evidence"),
            terms=both(
                Term(
                    citation=guide("文书（解除登记保存）", "form: release of evidence"),
                    start="evidence_released",
                    length=months(3),
                )
            ),
            effect=Text("期满未领回的，记入案卷", "Not fetched: noted on the file"),
            acts=True,
        ),
        Rule(
            key="adjudication.joinder",
            id="TL17",
            name=Text("追加被请求人、第三人", "Join a respondent or third party"),
            terms={
                R81: Term(
                    citation=order81("24"),
                    start="hearing",
                    note=Text("最迟在口头审理前提出", "at the latest before the hearing"),
                )
            },
            effect=Text(
                "重大专利侵权纠纷中追加当事人或者变更请求的，有关期限重新计算（重大办法第22条）",
                "In a major case the periods begin anew (Measures for major cases, art. 22)",
            ),
        ),
        Rule(
            key="adjudication.comment",
            id="",
            name=Text("裁决前陈述意见", "Comment before the decision"),
            terms=practice(
                Term(
                    citation=guide(
                        "案例2-3-1；期限由本局在告知中指定", "case 2-3-1; the office sets the period in its notice"
                    ),
                    start="findings_notified",
                    length=days(5),
                    least=3,
                    most=15,
                    exclusions=SUSPENSION,
                )
            ),
            effect=Text("逾期不陈述的，不影响裁决", "No comment does not hold the decision up"),
            statutory=False,
            acts=True,
            configurable=True,
            from_service=True,
        ),
    )


RULES = (*_before_docketing(), *_answering(), *_evidence_and_hearing())
