"""The words of a mediation: its states, stages, kinds of right and of dispute, and what they mean (order 81, ch. 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.labelled import Labelled
from app.domain.roles import PartyRole


class State(Labelled):
    """Where a mediation stands. The closing states are the end events of the diagram."""

    REQUESTED = ("requested", "形式审查中")
    CORRECTING = ("correcting", "待补正")
    SERVING = ("serving", "送达中")
    AWAITING_STATEMENT = ("awaiting_statement", "待被请求人答复")
    DOCKETING = ("docketing", "待立案")
    MEDIATING = ("mediating", "调解中")
    AGREEING = ("agreeing", "签署协议中")
    ISSUED = ("issued", "协议待送达")
    PERFORMING = ("performing", "履行中")
    TRANSFERRED = ("transferred", "已转送")
    REFUSED = ("refused", "不予受理")
    REFUSED_UNCORRECTED = ("refused_uncorrected", "逾期未补正，不予受理")
    NOT_DOCKETED = ("not_docketed", "不予立案")
    FAILED = ("failed", "调解未达成协议")
    DEEMED_WITHDRAWN = ("deemed_withdrawn", "按撤回处理")
    WITHDRAWN = ("withdrawn", "已撤回")
    SETTLED = ("settled", "已和解")
    PERFORMED = ("performed", "履行完毕")
    BREACHED = ("breached", "未履行")


CLOSED = frozenset(
    {
        State.TRANSFERRED,
        State.REFUSED,
        State.REFUSED_UNCORRECTED,
        State.NOT_DOCKETED,
        State.FAILED,
        State.DEEMED_WITHDRAWN,
        State.WITHDRAWN,
        State.SETTLED,
        State.PERFORMED,
        State.BREACHED,
    }
)

# A mediator works, and may be asked to step aside.
BEING_MEDIATED = frozenset({State.MEDIATING, State.AGREEING})

# A dispute that ended without (whole) agreement may go on as a request for adjudication.
LEADS_TO_ADJUDICATION = frozenset({State.NOT_DOCKETED, State.FAILED, State.BREACHED, State.DEEMED_WITHDRAWN})

STAGES = ("提出请求", "形式审查", "送达与意见陈述", "立案指派", "调解会", "签署协议", "履行")

STAGE_OF: dict[State, int] = {
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
}


class RightType(Labelled):
    """What right the dispute is about."""

    INVENTION = ("invention", "发明专利")
    UTILITY_MODEL = ("utility_model", "实用新型专利")
    DESIGN = ("design", "外观设计专利")
    TRADEMARK = ("trademark", "商标")
    GEOGRAPHICAL_INDICATION = ("geographical_indication", "地理标志")
    TRADE_SECRET = ("trade_secret", "商业秘密")
    COPYRIGHT = ("copyright", "作品著作权")
    SOFTWARE = ("software", "计算机软件著作权")
    PLANT_VARIETY = ("plant_variety", "植物新品种")
    LAYOUT_DESIGN = ("layout_design", "集成电路布图设计")


PATENT_RIGHTS = frozenset({RightType.INVENTION, RightType.UTILITY_MODEL, RightType.DESIGN})


def written_number(right: str, number: str) -> str:
    """Return the number of a right as papers and pages quote it: that of a granted patent begins with ``ZL``."""
    return f"ZL {number}" if number and right in PATENT_RIGHTS else number


class DisputeKind(Labelled):
    """What the dispute is (patent law implementing rules 2023, art. 102; order 81, art. 63)."""

    INFRINGEMENT = ("infringement", "侵权")
    OWNERSHIP = ("ownership", "申请权或者权利归属")
    INVENTORSHIP = ("inventorship", "发明人、设计人资格")
    SERVICE_REWARD = ("service_reward", "职务发明奖励报酬")
    PROVISIONAL_FEE = ("provisional_fee", "临时保护期使用费")
    VALIDITY = ("validity", "权利有效性")
    OTHER = ("other", "其他纠纷")


class Standing(Labelled):
    """On what ground somebody asks (order 81, art. 12)."""

    HOLDER = ("holder", "权利人")
    EXCLUSIVE_LICENSEE = ("exclusive_licensee", "独占被许可人")
    SOLE_LICENSEE = ("sole_licensee", "排他被许可人")
    NONEXCLUSIVE_LICENSEE = ("nonexclusive_licensee", "普通被许可人（有授权）")
    HEIR = ("heir", "继承人")
    INVENTOR = ("inventor", "发明人或者设计人")
    CLAIMANT = ("claimant", "主张权利的人")


class Competence(Labelled):
    """Who is to deal with a dispute."""

    OURS = ("ours", "本局受理")
    TRANSFER = ("transfer", "转送有权机关")
    NOT_MEDIABLE = ("not_mediable", "不属于行政调解范围")


class Authority(Labelled):
    """Bodies a request may be sent to (Guangdong IP protection regulation, art. 4; patent law, art. 70)."""

    COPYRIGHT_OFFICE = ("copyright_office", "佛山市版权局（市委宣传部）")
    AGRICULTURE_FORESTRY = ("agriculture_forestry", "农业农村、林业主管部门")
    CNIPA = ("cnipa", "国家知识产权局（经省局）")
    COURT = ("court", "有管辖权的人民法院")
    OTHER_CITY = ("other_city", "有管辖权的其他市知识产权局")


class LinkNature(Labelled):
    """Why two cases belong together."""

    SAME_RIGHT = ("same_right", "涉及同一权利")
    SAME_PARTIES = ("same_parties", "当事人相同")
    SAME_FACTS = ("same_facts", "基于同一事实")
    FOLLOWS = ("follows", "先后程序")


class SessionResult(Labelled):
    """What came of a session (order 81, art. 67)."""

    CONTINUE = ("continue", "另行安排，继续调解")
    AGREED = ("agreed", "达成协议")
    PARTIAL = ("partial", "部分达成协议")
    FAILED = ("failed", "未能达成协议")
    REQUESTER_ABSENT = ("requester_absent", "请求人无正当理由缺席（按撤回处理）")
    RESPONDENT_ABSENT = ("respondent_absent", "被请求人无正当理由缺席（视为未达成协议）")
    CANCELLED = ("cancelled", "没有召开，取消并另行安排")


# Which side stays away, in the results that say so.
ABSENT: Mapping[SessionResult, PartyRole] = MappingProxyType(
    {
        SessionResult.REQUESTER_ABSENT: PartyRole.REQUESTER,
        SessionResult.RESPONDENT_ABSENT: PartyRole.RESPONDENT,
    }
)


class AgreementChoice(Labelled):
    """What a party says to the draft of the agreement."""

    CONFIRM = ("confirm", "确认，同意签署")
    REVISE = ("revise", "要求修改")
    REFUSE = ("refuse", "拒绝签署，调解不成")


class CourtResult(Labelled):
    """Where the joint application for confirmation stands with the court (civil procedure law, arts. 205 and 206)."""

    APPLIED = ("applied", "当事人已向法院提交申请")
    ACCEPTED = ("accepted", "法院已受理，尚未裁定")
    NOT_ACCEPTED = ("not_accepted", "法院不予受理")
    CONFIRMED = ("confirmed", "裁定协议有效")
    DISMISSED = ("dismissed", "裁定驳回申请")
    WITHDRAWN = ("withdrawn", "当事人撤回申请")


class PerformanceFinding(Labelled):
    """What was found about the performance of the agreement."""

    WAITING = ("waiting", "正在履行")
    PERFORMED = ("performed", "履行完毕")
    BREACHED = ("breached", "未履行")


class RecusalGround(Labelled):
    """Why a mediator should step aside (order 81, art. 5)."""

    PARTY_OR_RELATIVE = ("party_or_relative", "是当事人或者代理人的近亲属")
    INTEREST = ("interest", "与本案有利害关系")
    WAS_AGENT = ("was_agent", "担任过本案的代理人、鉴定人或者审查员")
    OTHER_RELATION = ("other_relation", "与当事人有其他关系，可能影响公正办理")
    IMPROPER_CONTACT = ("improper_contact", "接受请客送礼或者私下会见当事人")
    OWN_REQUEST = ("own_request", "本人申请回避")


class ServiceMethod(Labelled):
    """How a paper is served (order 81, art. 10)."""

    DIRECT = ("direct", "直接送达")
    LEFT = ("left", "留置送达")
    POST = ("post", "邮寄送达")
    NOTICE = ("notice", "公告送达")
    ELECTRONIC = ("electronic", "电子送达")


class Stance(Labelled):
    """What a respondent says to the request."""

    CONSENTS = ("consents", "同意调解")
    DECLINES = ("declines", "不同意调解")
    SILENT = ("silent", "逾期未答复")
    UNREACHABLE = ("unreachable", "无法送达")
    WITHDRAWN = ("withdrawn", "已撤回")


def takes_part(role: str, stance: str | None) -> bool:
    """Say whether a party takes part in the mediation itself: who asks and has not withdrawn, who is asked and consents."""
    return stance != Stance.WITHDRAWN if role == PartyRole.REQUESTER else stance == Stance.CONSENTS


class RefusalReason(Labelled):
    """Why a request is not accepted (order 81, arts. 12 and 64); ticked on the notice."""

    NO_STANDING = ("no_standing", "请求人不是权利人或者利害关系人")
    NO_RESPONDENT = ("no_respondent", "没有明确的被请求人")
    NO_FACTS = ("no_facts", "没有明确的请求事项和具体事实、理由")
    NOT_COMPETENT = ("not_competent", "不属于本局受案范围和管辖")
    IN_COURT = ("in_court", "当事人已就该纠纷起诉、申请仲裁或者约定其他解决方式")
    NO_DECISION = ("no_decision", "单独请求调解赔偿数额，未附认定侵权成立的决定")
    UNCORRECTED = ("uncorrected", "逾期未补正，或者补正后仍不符合要求")
    OTHER = ("other", "其他")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop of the stage bar: its name and whether it is past, now or ahead."""

    label: str
    state: str


def stages(state: str) -> list[Stage]:
    """Return the stage bar of a mediation that stands in ``state``; an early end marks nothing as current."""
    at = STAGE_OF.get(State(state))
    if at is None:
        return []
    return [
        Stage(label, "past" if place < at else "now" if place == at else "ahead") for place, label in enumerate(STAGES)
    ]
