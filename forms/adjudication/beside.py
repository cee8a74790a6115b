"""What may happen beside the main line: withdrawal, settlement, cancellation, jurisdiction, suspension, extension, joinder."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain.adjudication import CancellationGround, NoSuspension, SuspensionGround, WithdrawalGround
from app.domain.periods import Regime, regime_on
from forms.base import TaskForm
from forms.choices import OneField, PickField, from_fact, labelled, worded
from forms.fields import FilesField, TextBlock, TextField
from forms.parsed import IsoDateField, WholeField
from forms.registry import task_form
from forms.request import PartyEntry

PROPOSED = [g for g in CancellationGround if g not in (CancellationGround.WITHDRAWN, CancellationGround.SETTLED)]


@task_form("act:withdraw_case")
class WithdrawCase(TaskForm):
    """Withdraw the request for a decision (D30)."""

    title = _l("撤回请求")
    intro = _l("立案前撤回的，案件随即结束；立案后撤回的，由部门负责人决定是否撤销案件。代理人撤回须有特别授权。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十六条。")
    submit_label = _l("撤回请求")
    needs = ("withdrawing",)

    party = PickField(
        _l("撤回的请求人"),
        from_fact("withdrawing"),
        ids=True,
        present_if="withdrawing",
        required=_l("请选择撤回的请求人"),
    )
    ground = OneField(_l("撤回的原因"), labelled(WithdrawalGround), required=_l("请选择撤回的原因"))
    reason = TextBlock(_l("说明"), max_length=2000, required=_l("请写明撤回的具体情况"))
    files = FilesField(_l("附件"), description=_l("和解协议书、法院受理通知书等；代当事人登记的，上传签章的撤案请求书"))


@task_form("act:settle_case")
class SettleCase(TaskForm):
    """Report that the parties have settled by themselves (D33)."""

    title = _l("报送和解")
    intro = _l("当事人自行和解的，请上传和解协议书；立案后由部门负责人决定撤销案件。代理人和解须有特别授权。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十六条；和解协议书报本局留存一份。")
    submit_label = _l("报送和解协议")
    needs = ("settling",)

    party = PickField(
        _l("报送的当事人"), from_fact("settling"), ids=True, present_if="settling", required=_l("请选择报送的当事人")
    )
    summary = TextBlock(_l("和解的主要内容"), max_length=2000, required=_l("请写明和解的主要内容"))
    files = FilesField(_l("和解协议书"), required=_l("请上传各方签章的和解协议书"))


@task_form("act:propose_cancellation")
class ProposeCancellation(TaskForm):
    """Propose to cancel the case (order 81, art. 36)."""

    title = _l("建议撤销案件")
    intro = _l("由合议组提出，部门负责人决定。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十六条。")
    submit_label = _l("提出建议")

    ground = OneField(_l("撤销的原因"), labelled(PROPOSED), required=_l("请选择撤销的原因"))
    reason = TextBlock(_l("说明"), max_length=3000, required=_l("请写明撤销案件的事实和理由"))


@task_form("decide_cancellation")
class DecideCancellation(TaskForm):
    """Cancel the case, or let it go on (D31)."""

    intro = _l("请决定是否撤销案件；撤销的，各方会收到撤销案件决定书。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十条、第三十六条。")
    law_of_2015 = _l("依据：《专利侵权纠纷行政裁决办案指南》（2019）文书《撤销专利侵权纠纷案件决定书》。")
    submit_label = _l("作出决定")
    needs = ("proposal",)
    branch = ("decision",)

    decision = OneField(
        _l("决定"), worded(granted=_l("撤销案件"), refused=_l("不撤销，继续审理")), required=_l("请选择决定")
    )
    reason = TextBlock(_l("理由"), max_length=3000, required=_l("请写明决定的理由，撤销的列入决定书"))


@task_form("act:object_jurisdiction")
class ObjectJurisdiction(TaskForm):
    """Object to the office's jurisdiction (D15; TL09)."""

    title = _l("提出管辖异议")
    intro = _l("在答辩期内书面提出；成立的移送有管辖权的机关，不成立的驳回。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第九条——收到异议书之日起 5 个工作日内决定。")
    law_of_2015 = _l("依据：《专利侵权纠纷行政裁决办案指南》（2019）——答辩期间书面提出。")
    submit_label = _l("提交异议书")
    needs = ("objecting",)

    party = PickField(
        _l("提出异议的当事人"),
        from_fact("objecting"),
        ids=True,
        present_if="objecting",
        required=_l("请选择提出异议的当事人"),
    )
    received_on = IsoDateField(
        _l("本局收到日期"), tense="past", present_if="objecting", required=_l("请填写收到书面异议的日期")
    )
    authority = TextField(_l("认为有管辖权的机关"), max_length=120, required=_l("请写明您认为有管辖权的机关"))
    reason = TextBlock(_l("理由"), max_length=3000, required=_l("请写明异议的事实和理由"))
    files = FilesField(
        _l("签章的异议书和证据"), required=_l("代当事人登记的，请上传签章的异议书"), required_when="party"
    )


@task_form("decide_jurisdiction")
class DecideJurisdiction(TaskForm):
    """Uphold the objection and transfer the case, or reject it."""

    intro = _l("请审查异议并作出决定；异议成立的，案件移送，本局的办理结束。审查的时间不计入办案期限。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第九条、第三十七条。")
    law_of_2015 = _l("依据：《专利侵权纠纷行政裁决办案指南》（2019）。")
    submit_label = _l("作出决定")
    needs = ("proposal",)
    branch = ("decision",)

    decision = OneField(
        _l("决定"), worded(upheld=_l("异议成立，移送"), rejected=_l("驳回异议")), required=_l("请选择决定")
    )
    authority = TextField(_l("移送的机关"), max_length=120, when="decision=upheld", required=_l("请写明移送的机关"))
    reason = TextBlock(_l("理由"), max_length=3000, required=_l("请写明决定的理由"))


@task_form("act:ask_suspension")
class AskSuspension(TaskForm):
    """Ask that the case be suspended (D28)."""

    title = _l("申请中止")
    intro = _l("申请由合议组研究，部门负责人决定。以无效宣告为由的，附受理通知书和无效宣告请求书的副本。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十八条、第二十九条。")
    law_of_2015 = _l("依据：《中华人民共和国专利法实施细则》（2010）第八十二条。")
    submit_label = _l("提交中止申请")
    needs = ("asking",)

    party = PickField(
        _l("申请的当事人"), from_fact("asking"), ids=True, present_if="asking", required=_l("请选择申请的当事人")
    )
    ground = OneField(_l("中止的事由"), labelled(SuspensionGround), required=_l("请选择中止的事由"))
    reason = TextBlock(_l("具体情况"), max_length=3000, required=_l("请写明具体情况"))
    files = FilesField(_l("证明材料"), required=_l("请上传证明材料，例如无效宣告请求受理通知书"))


@task_form("act:suspend")
class Suspend(TaskForm):
    """Put to the head of the department that the case be suspended, or that it need not be."""

    title = _l("报请中止")
    intro = _l("由合议组提出，部门负责人决定；中止的时间不计入办案期限。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十八条（应当中止）、第二十九条（可以不中止）。")
    law_of_2015 = _l("依据：《中华人民共和国专利法实施细则》（2010）第八十二条；办案指南（2019）。")
    submit_label = _l("报请决定")

    ground = OneField(_l("中止的事由"), labelled(SuspensionGround), required=_l("请选择中止的事由"))
    reason = TextBlock(_l("事实和合议组意见"), max_length=3000, required=_l("请写明事实和合议组的意见"))
    files = FilesField(_l("证明材料"))


@task_form("decide_suspension")
class DecideSuspension(TaskForm):
    """Suspend the case, or not (D29)."""

    intro = _l("请决定是否中止；各方会收到通知书。应当中止而不中止的，须有可以不中止的情形。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十八条、第二十九条。")
    law_of_2015 = _l("依据：《中华人民共和国专利法实施细则》（2010）第八十二条。")
    submit_label = _l("作出决定")
    needs = ("suspension",)
    branch = ("decision",)

    decision = OneField(_l("决定"), worded(granted=_l("中止处理"), refused=_l("不予中止")), required=_l("请选择决定"))
    against = OneField(
        _l("可以不中止的情形"),
        labelled(NoSuspension),
        when="decision=refused",
        required=_l("请选择不予中止的情形"),
    )
    reason = TextBlock(_l("理由"), max_length=3000, required=_l("请写明决定的理由"))


@task_form("act:resume")
class Resume(TaskForm):
    """Take the case up again (D29)."""

    title = _l("恢复处理")
    intro = _l("中止的原因消除后恢复处理，各方会收到恢复处理通知书；期限从恢复之日起继续计算。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十八条、第三十七条。")
    law_of_2015 = _l("依据：《专利侵权纠纷行政裁决办案指南》（2019）文书《恢复处理通知书》。")
    submit_label = _l("恢复处理")

    reason = TextBlock(_l("原因消除的情况"), max_length=2000, required=_l("请写明中止的原因怎样消除"))
    files = FilesField(_l("证明材料"))


def _steps(form: Any, _field: Any) -> list[SelectChoice]:
    """The second step came with order 81, and is granted one level up."""
    received = form.known.get("received_on")
    first, second = worded(
        first=_l("部门负责人批准，延长不超过 1 个月"), second=_l("上一级机关批准，再延长不超过 2 个月")
    )
    return [first] if received and regime_on(received) is Regime.ORDER71 else [first, second]


@task_form("act:extend_closing_of_case")
class ExtendClosingOfCase(TaskForm):
    """Lengthen the period within which the case is closed (order 81, art. 37; order 71, art. 21)."""

    title = _l("延长办案期限")
    intro = _l(
        "案情复杂的，部门负责人可以批准延长一次，不超过 1 个月；特别复杂或者有其他特殊情况的，报上一级机关批准。"
    )
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十七条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第二十一条——案情特别复杂的，负责人批准延长一次，不超过 1 个月。")
    submit_label = _l("批准延长")

    ladder = OneField(_l("批准的机关"), _steps, required=_l("请选择由谁批准"))
    days = WholeField(
        _l("延长的日数"),
        least=1,
        most=62,
        description=_l("不填的，延长整个 1 个月；上一级机关批准的，延长整个 2 个月"),
    )
    reason = TextBlock(_l("延长的理由"), max_length=1000, required=_l("请写明案情怎样复杂"))
    files = FilesField(_l("上一级机关的批复"), when="ladder=second", required=_l("请上传上一级机关的批复"))


@task_form("act:extend_docketing")
class ExtendDocketing(TaskForm):
    """Take five more working days to decide whether to docket (order 81, art. 20)."""

    title = _l("延长立案期限")
    intro = _l("案情特别复杂的，经部门负责人批准，可以延长 5 个工作日，一次。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十条。")
    submit_label = _l("批准延长")

    reason = TextBlock(_l("延长的理由"), max_length=1000, required=_l("请写明案情怎样特别复杂"))


@task_form("act:join_party")
class JoinParty(PartyEntry, TaskForm):
    """Join a third party before the hearing (order 81, art. 24)."""

    title = _l("追加第三人")
    intro = _l(
        "与案件处理结果有利害关系的人，可以在口头审理前申请参加或者由本局通知参加。追加被请求人的，另案提出请求。"
    )
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十四条。")
    submit_label = _l("追加")
    needs = ("today",)

    reason = TextBlock(_l("追加的理由"), max_length=2000, required=_l("请写明与案件有什么利害关系"))
    files = FilesField(_l("申请书或者证明材料"))


@task_form("act:succeed_party")
class SucceedParty(PartyEntry, TaskForm):
    """Enter who takes the place of a party that died or came to an end (order 81, art. 28)."""

    title = _l("变更当事人")
    intro = _l("当事人死亡、终止的，登记表明参加的继承人或者承受权利义务的单位；已经进行的行为有效，期限继续计算。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十八条。")
    law_of_2015 = _l("依据：《中华人民共和国专利法实施细则》（2010）第八十二条；办案指南（2019）。")
    submit_label = _l("变更")
    needs = ("all_parties", "today")
    first = ("party",)

    party = PickField(_l("原当事人"), from_fact("all_parties"), ids=True, required=_l("请选择原当事人"))
    reason = TextBlock(_l("承继的事实和理由"), max_length=2000, required=_l("请写明承继的事实和理由"))
    files = FilesField(_l("承继的证明"), required=_l("请上传继承、合并、分立或者注销的证明"))
