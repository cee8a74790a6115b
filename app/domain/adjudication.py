"""The words of an adjudication: panels, votes, suspension, cancellation, hearings, measures (orders 71 and 81; guide 2019)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.periods import Regime
from app.domain.states import State

LEAST_MEMBERS = 3

# The parties are heard, and a member may be asked to step aside, until the decision is made.
BEING_ADJUDICATED = frozenset(
    {
        State.SERVING,
        State.ANSWERING,
        State.GATHERING,
        State.TRYING,
        State.DELIBERATING,
        State.DECIDING,
        State.SUSPENDED,
    }
)

# The trial is over: the panel says among itself what it found.
AFTER_THE_TRIAL = frozenset({State.DELIBERATING, State.DECIDING})

# What the panel says among itself is kept from everybody else (order 81, art. 25).
AMONG_THE_PANEL = frozenset({"deliberate", "conclude_deliberation"})


def refuse_bad_panel(members: Collection[int], presiding: int | None) -> None:
    """Raise ``RuleBroken`` unless the panel is odd, of three or more, and one of them presides (order 81, art. 20)."""
    if len(members) < LEAST_MEMBERS:
        raise RuleBroken("合议组不能少于 %(least)s 人", field="members", least=LEAST_MEMBERS)
    if len(members) % 2 == 0:
        raise RuleBroken("合议组人数应当是单数，现选了 %(n)s 人", field="members", n=len(members))
    if presiding not in members:
        raise RuleBroken("合议组组长应当是合议组成员", field="presiding")


class AnswerGround(Labelled):
    """What a respondent holds against the request (guide 2019, form: answer)."""

    NO_INFRINGEMENT = ("no_infringement", "不落入专利权保护范围")
    PRIOR_ART = ("prior_art", "现有技术或者现有设计")
    PRIOR_USE = ("prior_use", "先用权")
    LAWFUL_SOURCE = ("lawful_source", "合法来源")
    INVALIDATION = ("invalidation", "已请求宣告专利权无效")
    TIME_BARRED = ("time_barred", "超过请求裁决的时效")
    OTHER = ("other", "其他")


class Finding(Labelled):
    """What a member votes, and what the decision finds (order 81, art. 31)."""

    INFRINGED = ("infringed", "侵权成立")
    PARTLY = ("partly", "部分侵权成立")
    NOT_INFRINGED = ("not_infringed", "侵权不成立，驳回请求")


class SuspensionGround(Labelled):
    """Why a case stands still (order 81, art. 28; guide 2019 and implementing rules 2010, art. 82, before it)."""

    INVALIDATION = ("invalidation", "涉案专利的无效宣告请求已被受理")
    DEATH = ("death", "一方当事人死亡，需要等待继承人表明是否参加")
    INCAPACITY = ("incapacity", "一方当事人丧失民事行为能力，尚未确定法定代理人")
    ENDED = ("ended", "作为一方当事人的单位终止，尚未确定权利义务承受人")
    FORCE_MAJEURE = ("force_majeure", "一方当事人因不可抗力不能参加")
    OTHER_CASE = ("other_case", "须以另一案件的审理结果为依据，而另一案件尚未审结")
    REFERRED = ("referred", "就有关问题请示上级，尚未答复")
    OTHER = ("other", "其他应当中止的情形")


class NoSuspension(Labelled):
    """Why an invalidation request need not hold a case up (order 81, art. 29)."""

    INVENTION = ("invention", "涉案专利是发明专利")
    CLEAN_REPORT = ("clean_report", "专利权评价报告未发现不符合授权条件的缺陷")
    REPEATED = ("repeated", "请求人撤回无效宣告请求后又再次提出")
    UPHELD = ("upheld", "专利权经无效程序维持有效")
    UNFOUNDED = ("unfounded", "无效宣告请求的理由明显不成立")
    OTHER = ("other", "其他不需要中止的情形")


class CancellationGround(Labelled):
    """Why a docketed case is cancelled (order 81, art. 36; guide 2019, form: decision to cancel)."""

    NOT_ACCEPTABLE = ("not_acceptable", "立案后发现不符合受理条件")
    CLAIMS_UNCLEAR = ("claims_unclear", "经释明仍不能明确所主张的权利要求")
    TIME_BARRED = ("time_barred", "被请求人提出时效抗辩且成立")
    WITHDRAWN = ("withdrawn", "请求人撤回请求或者按撤回处理")
    SETTLED = ("settled", "当事人自行和解，请求人撤回请求")
    INVALIDATED = ("invalidated", "涉案专利权已被宣告无效")
    OTHER = ("other", "其他应当撤销案件的情形")


# Grounds that only order 81 (art. 36) knows: the text of 2015 and its forms have no box for them.
_SINCE_ORDER81 = frozenset({CancellationGround.CLAIMS_UNCLEAR, CancellationGround.TIME_BARRED})


def cancellation_grounds(regime: Regime) -> list[CancellationGround]:
    """Return the grounds on which a case may be cancelled under the text that it follows."""
    return [g for g in CancellationGround if regime is Regime.ORDER81 or g not in _SINCE_ORDER81]


class WithdrawalGround(Labelled):
    """Why a requester withdraws (guide 2019, form: request to cancel)."""

    SETTLED = ("settled", "达成调解或者和解")
    ELSEWHERE = ("elsewhere", "已向人民法院起诉或者由其他机关受理")
    OTHER = ("other", "其他")


class TrialWay(Labelled):
    """How the panel tries the case (order 81, arts. 26 and 27)."""

    HEARING = ("hearing", "口头审理")
    WRITTEN = ("written", "书面审理，裁决前书面告知并听取意见")


class HearingResult(Labelled):
    """What came of a hearing (order 81, art. 26)."""

    HEARD = ("heard", "审理终结")
    HEARD_BY_DEFAULT = ("heard_by_default", "被请求人无正当理由缺席，缺席审理终结")
    AGAIN = ("again", "没有审完，另行开庭")
    PUT_OFF = ("put_off", "没有召开，改期另行安排")
    REQUESTER_ABSENT = ("requester_absent", "请求人无正当理由缺席或者中途退出（按撤回处理）")


class Measure(Labelled):
    """How the office gets evidence (order 81, arts. 43-53; order 71, arts. 37-42)."""

    INVESTIGATION = ("investigation", "调查取证")
    INSPECTION = ("inspection", "现场检查、勘验")
    SAMPLING = ("sampling", "抽样取证")
    REGISTRATION = ("registration", "证据登记保存")
    APPRAISAL = ("appraisal", "检验鉴定")


class SuitResult(Labelled):
    """Where a suit against the decision stands (patent law 2020, art. 65)."""

    FILED = ("filed", "当事人已提起行政诉讼")
    STAYED = ("stayed", "法院裁定停止执行裁决")
    UPHELD = ("upheld", "法院维持裁决")
    REVOKED = ("revoked", "法院撤销裁决")
    REDO = ("redo", "法院撤销裁决，责令重新作出")
    WITHDRAWN = ("withdrawn", "当事人撤诉")


# The decision is gone: nothing is performed any more, and what was published is put right.
OVERTURNED = (SuitResult.REVOKED, SuitResult.REDO)


class Execution(Labelled):
    """What was found about the performance of a decision, and what is done about it (order 81, art. 80)."""

    WAITING = ("waiting", "尚未届满，继续核查")
    PERFORMED = ("performed", "已停止侵权行为")
    EXHORT = ("exhort", "没有履行，催告")
    APPLIED = ("applied", "申请人民法院强制执行")
    NOT_APPLIED = ("not_applied", "不申请强制执行")
    REVOKED = ("revoked", "裁决已被法院撤销，不再执行")


class CourtExecution(Labelled):
    """What the court made of the application for enforcement (administrative compulsion law, arts. 56 and 57)."""

    WAITING = ("waiting", "法院尚未裁定或者执行")
    ENFORCED = ("enforced", "已强制执行")
    NOT_ACCEPTED = ("not_accepted", "法院不予受理或者裁定不予执行")
    WITHDRAWN = ("withdrawn", "已撤回申请")


# When only the invalidation of a utility model or a design, or what befell a party, forces a suspension, and when the
# panel may suspend: the text of 2015 leaves all of it to the office (implementing rules 2010, art. 82).
_MUST: Mapping[Regime, frozenset[SuspensionGround]] = MappingProxyType(
    {
        Regime.ORDER71: frozenset(),
        Regime.ORDER81: frozenset(SuspensionGround) - {SuspensionGround.OTHER},
    }
)


def must_be_suspended(regime: Regime, ground: str, right: str, against: str | None) -> bool:
    """Say whether a case has to be suspended (order 81, art. 28).

    Reasons ``against`` it are about the patent and what became of it: they help against no other ground (art. 29).
    """
    if ground not in _MUST[regime]:
        return False
    return ground != SuspensionGround.INVALIDATION or (right != "invention" and against is None)


def is_published(regime: Regime, finding: str) -> bool:
    """Say whether a decision is published: all of them since order 81 (art. 83), only infringement before (order 71, 46)."""
    return regime is Regime.ORDER81 or finding != Finding.NOT_INFRINGED
