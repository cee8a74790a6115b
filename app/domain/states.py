"""Where cases stand: the states of every process, and the stage bar of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.labelled import Labelled


class State(Labelled):
    """Where a case stands. The closing states are the end events of the diagrams."""

    REQUESTED = ("requested", "形式审查中")
    CORRECTING = ("correcting", "待补正")
    SERVING = ("serving", "送达中")
    AWAITING_STATEMENT = ("awaiting_statement", "待被请求人答复")
    DOCKETING = ("docketing", "待立案")
    ANSWERING = ("answering", "待答辩")
    GATHERING = ("gathering", "举证与调查中")
    TRYING = ("trying", "审理中")
    DELIBERATING = ("deliberating", "合议中")
    DECIDING = ("deciding", "裁决审批中")
    DECIDED = ("decided", "裁决待送达")
    EXECUTING = ("executing", "裁决履行中")
    SUSPENDED = ("suspended", "已中止")
    RECOMMENDING = ("recommending", "待区局推荐")
    REVIEWING = ("reviewing", "审核中")
    CONCLUDING = ("concluding", "结论待审批")
    REJECTING = ("rejecting", "不予支持，可以申请复核")
    RECONSIDERING = ("reconsidering", "复核中")
    CONFIRMING = ("confirming", "待单位确认")
    APPEALED = ("appealed", "名单异议处理中")
    RECOMMENDED = ("recommended", "待公示")
    ANNOUNCED = ("announced", "公示中")
    APPROVED = ("approved", "待拨付")
    PAID = ("paid", "已拨付，待回执")
    ASSIGNING = ("assigning", "待派单")
    HANDLING = ("handling", "办理中")
    RATING = ("rating", "已答复，待评价")
    APPOINTING = ("appointing", "待指派直联专员")
    GUIDING = ("guiding", "辅导中")
    IMPROVING = ("improving", "待修改完善")
    EXAMINING = ("examining", "推荐审查中")
    REPORTING = ("reporting", "待报送上级")
    REPORTED = ("reported", "已报送，待结果")
    MEDIATING = ("mediating", "调解中")
    AGREEING = ("agreeing", "签署协议中")
    ISSUED = ("issued", "协议待送达")
    PERFORMING = ("performing", "履行中")
    SELF_REPORTING = ("self_reporting", "待年度自评")
    CHECKING = ("checking", "情况核实中")
    ASSESSING = ("assessing", "评定中")
    APPROVING = ("approving", "评定待审批")
    PUTTING_RIGHT = ("putting_right", "整改中")
    INSPECTING = ("inspecting", "整改验收中")
    SCORED = ("scored", "评审完毕，待公示")
    TRANSFERRED = ("transferred", "已转送")
    MOVED = ("moved", "已移送")
    REFUSED = ("refused", "不予受理")
    REFUSED_UNCORRECTED = ("refused_uncorrected", "逾期未补正，不予受理")
    NOT_DOCKETED = ("not_docketed", "不予立案")
    FAILED = ("failed", "调解未达成协议")
    DEEMED_WITHDRAWN = ("deemed_withdrawn", "按撤回处理")
    WITHDRAWN = ("withdrawn", "已撤回")
    SETTLED = ("settled", "已和解")
    PERFORMED = ("performed", "履行完毕")
    BREACHED = ("breached", "未履行")
    MEDIATED = ("mediated", "调解结案")
    CANCELLED = ("cancelled", "已撤销案件")
    CONCLUDED = ("concluded", "已结案")
    REJECTED = ("rejected", "不予支持")
    PROMISE_BROKEN = ("promise_broken", "逾期未补交材料")
    UNCONFIRMED = ("unconfirmed", "逾期未确认")
    WAIVED = ("waived", "已放弃")
    GRANTED = ("granted", "已拨付")
    NOT_CHOSEN = ("not_chosen", "未入选")
    ADMITTED = ("admitted", "已入选名录")
    KEPT = ("kept", "保留在名录")
    WARNED = ("warned", "保留在名录，已警示")
    REMOVED = ("removed", "已调出名录")
    SOLVED = ("solved", "已解决")
    UNSOLVED = ("unsolved", "未解决，已办结")
    UNRATED = ("unrated", "逾期未评价，已办结")
    ARRANGING = ("arranging", "待约定回访")
    QUESTIONING = ("questioning", "待答复问卷")
    VISITING = ("visiting", "待登记回访")
    FOLLOWING_UP = ("following_up", "问题跟进中")
    SUMMING_UP = ("summing_up", "待作回访结论")
    VISITED = ("visited", "已回访")
    VISIT_CANCELLED = ("visit_cancelled", "已取消回访")
    NOT_RECOMMENDED = ("not_recommended", "不予推荐")
    FUNDED = ("funded", "已立项")
    UNFUNDED = ("unfunded", "未立项")


CLOSED = frozenset(
    {
        State.TRANSFERRED,
        State.MOVED,
        State.REFUSED,
        State.REFUSED_UNCORRECTED,
        State.NOT_DOCKETED,
        State.FAILED,
        State.DEEMED_WITHDRAWN,
        State.WITHDRAWN,
        State.SETTLED,
        State.PERFORMED,
        State.BREACHED,
        State.MEDIATED,
        State.CANCELLED,
        State.CONCLUDED,
        State.REJECTED,
        State.PROMISE_BROKEN,
        State.UNCONFIRMED,
        State.WAIVED,
        State.GRANTED,
        State.NOT_CHOSEN,
        State.ADMITTED,
        State.KEPT,
        State.WARNED,
        State.REMOVED,
        State.SOLVED,
        State.UNSOLVED,
        State.UNRATED,
        State.VISITED,
        State.VISIT_CANCELLED,
        State.NOT_RECOMMENDED,
        State.FUNDED,
        State.UNFUNDED,
    }
)


@dataclass(frozen=True, slots=True)
class Course:
    """The stops of a process in order, and at which of them a case in a state is; an early end is at none."""

    stops: tuple[str, ...]
    at: Mapping[State, int]


COURSES: Mapping[str, Course] = MappingProxyType(
    {
        "mediation": Course(
            ("提出请求", "形式审查", "送达与意见陈述", "立案指派", "调解会", "签署协议", "履行"),
            {
                State.REQUESTED: 1,
                State.CORRECTING: 1,
                State.SERVING: 2,
                State.AWAITING_STATEMENT: 2,
                State.DOCKETING: 3,
                State.MEDIATING: 4,
                State.AGREEING: 5,
                State.ISSUED: 5,
                State.PERFORMING: 6,
                State.PERFORMED: 7,
                State.BREACHED: 6,
            },
        ),
        "adjudication": Course(
            ("提出请求", "立案审查", "送达与答辩", "举证与调查", "审理", "合议与裁决", "送达与履行"),
            {
                State.REQUESTED: 1,
                State.CORRECTING: 1,
                State.DOCKETING: 1,
                State.SERVING: 2,
                State.ANSWERING: 2,
                State.GATHERING: 3,
                State.TRYING: 4,
                State.DELIBERATING: 5,
                State.DECIDING: 5,
                State.DECIDED: 6,
                State.EXECUTING: 6,
                State.CONCLUDED: 7,
            },
        ),
        "award_application": Course(
            ("提出申报", "形式审查", "推荐与审核", "公示", "批准与拨付", "回执"),
            {
                State.REQUESTED: 1,
                State.CORRECTING: 1,
                State.CONFIRMING: 1,
                State.APPEALED: 1,
                State.RECOMMENDING: 2,
                State.REVIEWING: 2,
                State.CONCLUDING: 2,
                State.REJECTING: 2,
                State.RECONSIDERING: 2,
                State.RECOMMENDED: 3,
                State.ANNOUNCED: 3,
                State.APPROVED: 4,
                State.PAID: 5,
                State.GRANTED: 6,
            },
        ),
        "roster_intake": Course(
            ("提出自荐", "形式审查", "第三方评审", "公示", "确定名录"),
            {
                State.REQUESTED: 1,
                State.CORRECTING: 1,
                State.REVIEWING: 2,
                State.SCORED: 3,
                State.ANNOUNCED: 3,
                State.ADMITTED: 5,
            },
        ),
        "roster_review": Course(
            ("开始复核", "年度自评", "核实情况", "评定与整改", "公示", "确定名录"),
            {
                State.SELF_REPORTING: 1,
                State.CHECKING: 2,
                State.ASSESSING: 3,
                State.APPROVING: 3,
                State.PUTTING_RIGHT: 3,
                State.INSPECTING: 3,
                State.RECOMMENDED: 4,
                State.ANNOUNCED: 4,
                State.KEPT: 6,
                State.WARNED: 6,
                State.REMOVED: 6,
            },
        ),
        "assistance": Course(
            ("登记诉求", "派单", "办理", "评价"),
            {
                State.ASSIGNING: 1,
                State.HANDLING: 2,
                State.RATING: 3,
                State.SOLVED: 4,
                State.UNSOLVED: 4,
                State.UNRATED: 4,
            },
        ),
        "visit": Course(
            ("约定", "问卷", "回访", "问题跟进", "结论"),
            {
                State.ARRANGING: 0,
                State.QUESTIONING: 1,
                State.VISITING: 2,
                State.FOLLOWING_UP: 3,
                State.SUMMING_UP: 4,
                State.VISITED: 5,
            },
        ),
        "project": Course(
            ("提交项目", "辅导", "推荐审查", "报送上级", "结果"),
            {
                State.APPOINTING: 1,
                State.GUIDING: 1,
                State.IMPROVING: 1,
                State.EXAMINING: 2,
                State.REPORTING: 3,
                State.REPORTED: 4,
                State.FUNDED: 5,
                State.UNFUNDED: 5,
            },
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop of the stage bar: its name and whether it is past, now or ahead."""

    label: str
    state: str


def stages(process: str, state: str) -> list[Stage]:
    """Return the stage bar of a case of ``process`` that stands in ``state``; after an early end it is empty."""
    course = COURSES[process]
    at = course.at.get(State(state))
    if at is None:
        return []
    return [
        Stage(label, "past" if place < at else "now" if place == at else "ahead")
        for place, label in enumerate(course.stops)
    ]
