"""The periods of complaints, penalty cases, fairs, public notices, disclosure and ratings."""

from __future__ import annotations

from app.domain.periods import Extension, Rule, Term
from app.domain.roles import Role
from app.domain.statute.citations import HEAD, both, days, head_may, kinds, since_order81, working_days
from app.domain.texts import Text

# The rules of the province that are in force; those of 2019, on trial, gave the numbers of days.
RATINGS_BEFORE = Text(
    "广东省政务服务好差评试行规定（2019）；国办发〔2019〕51号",
    "Guangdong trial rules on service ratings (2019); Guobanfa 2019 no. 51",
)
RATINGS = Text(
    "粤办函〔2020〕21号、粤政数〔2020〕11号、GDZW 0059—2022（日数按省现行规范配置）",
    "Yuebanhan 2020 no. 21, Yuezhengshu 2020 no. 11, GDZW 0059-2022 (days set by the office)",
)


def _complaints(article: str) -> Text:
    return Text(
        f"《市场监督管理投诉举报处理暂行办法》第{article}条",
        f"Interim Measures for Handling Complaints and Reports in Market Regulation, art. {article}",
    )


def _complaint_rules() -> tuple[Rule, ...]:
    penalty = Text("《市场监督管理行政处罚程序规定》", "Market Regulation Administrative Penalty Procedure")
    together = Extension(
        None, Role.DIRECTOR, Text("负责人集体讨论", "collective decision"), Text("仍不能办结", "still open")
    )
    return (
        Rule(
            key="complaint.accept",
            id="TL45",
            name=Text("决定是否受理投诉", "Accept the complaint or not"),
            terms=both(Term(citation=_complaints("14"), start="complaint_received", length=working_days(7))),
            effect=Text("仅限消费者权益争议", "Consumer disputes only"),
        ),
        Rule(
            key="complaint.end",
            id="TL46",
            name=Text("终止投诉调解", "End the mediation of a complaint"),
            terms=both(
                Term(
                    citation=_complaints("21"),
                    start="complaint_accepted",
                    length=working_days(45),
                    exclusions=kinds("appraisal"),
                )
            ),
        ),
        Rule(
            key="complaint.tell",
            id="TL46",
            name=Text("告知投诉调解终止", "Tell that the mediation has ended"),
            terms=both(Term(citation=_complaints("21"), start="mediation_ended", length=working_days(7))),
        ),
        Rule(
            key="clue.verify",
            id="TL47",
            name=Text("核查线索", "Verify a clue"),
            terms=both(
                Term(
                    citation=_complaints("23"),
                    start="clue_found",
                    length=working_days(15),
                    extensions=(head_may(working_days(15), "特殊情况", "special circumstances"),),
                )
            ),
        ),
        Rule(
            key="clue.tell",
            id="TL47",
            name=Text("告知实名举报人", "Tell the person who reported under their name"),
            terms=both(Term(citation=_complaints("31"), start="docketing_decided", length=working_days(5))),
        ),
        Rule(
            key="penalty.close",
            id="TL48",
            name=Text("办理行政处罚案件", "Finish a penalty case"),
            terms=both(
                Term(
                    citation=penalty,
                    start="docketed",
                    length=days(90),
                    exclusions=kinds("hearing", "announcement", "appraisal"),
                    extensions=(
                        Extension(days(30), Role.DIRECTOR, HEAD, Text("案情复杂", "the case is complex")),
                        together,
                    ),
                )
            ),
        ),
        Rule(
            key="fair.transfer",
            id="TL50",
            name=Text("展会投诉移交", "Hand over a complaint at a fair"),
            terms=both(
                Term(
                    citation=Text("《展会知识产权保护办法》第11条", "Measures for IP Protection at Fairs, art. 11"),
                    start="complaint_received",
                    note=Text("以小时计：收到合格材料起 24 小时内移交", "counted in hours: within 24 hours of receipt"),
                )
            ),
        ),
    )


def _open_government() -> tuple[Rule, ...]:
    return (
        Rule(
            key="publicity",
            id="TL51",
            name=Text("公示", "Public notice for objection"),
            terms=both(
                Term(
                    citation=Text(
                        "公示惯例（含首日）；粤府〔2018〕120号", "practice (first day included); Yuefu 2018 no. 120"
                    ),
                    start="publicity_began",
                    length=working_days(5),
                    variants={"provincial": days(7)},
                    least=5,
                    most=30,
                    counts_first=True,
                )
            ),
            effect=Text("异议须书面实名并附证明", "Objections in writing, under one's name, with proof"),
            acts=True,
            configurable=True,
        ),
        Rule(
            key="disclosure",
            id="TL52",
            name=Text("主动公开", "Disclosure without request"),
            terms=both(
                Term(
                    citation=Text("《政府信息公开条例》第26条", "Regulations on Open Government Information, art. 26"),
                    start="information_made",
                    length=working_days(20),
                )
            ),
        ),
        Rule(
            key="rating.silence",
            id="TL53",
            name=Text("好差评默认评价", "Rating by silence"),
            terms=since_order81(
                Term(
                    citation=RATINGS,
                    start="case_finished",
                    length=days(7),
                    least=1,
                    most=30,
                ),
                before=RATINGS_BEFORE,
            ),
            effect=Text("期满未评价的，默认“基本满意”", "No rating: taken as fairly satisfied"),
            acts=True,
            configurable=True,
        ),
        Rule(
            key="rating.fix",
            id="TL53",
            name=Text("差评整改", "Put right what was rated badly"),
            terms=since_order81(
                Term(
                    citation=RATINGS,
                    start="bad_rating",
                    length=working_days(15),
                    least=1,
                    most=30,
                ),
                before=RATINGS_BEFORE,
            ),
            configurable=True,
        ),
    )


RULES = (*_complaint_rules(), *_open_government())
