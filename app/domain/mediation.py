"""The words of a mediation: how sessions end, what parties answer, what becomes of the agreement (order 81, ch. 3)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.labelled import Labelled
from app.domain.roles import PartyRole
from app.domain.states import State

# A mediator works, and may be asked to step aside.
BEING_MEDIATED = frozenset({State.MEDIATING, State.AGREEING})

# A dispute that ended without (whole) agreement may go on as a request for adjudication.
LEADS_TO_ADJUDICATION = frozenset({State.NOT_DOCKETED, State.FAILED, State.BREACHED, State.DEEMED_WITHDRAWN})


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
