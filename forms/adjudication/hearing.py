"""The trial: by a hearing, or in writing with a notice before the decision (order 81, arts. 26 and 27; guide 2019)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import identifiers, statute
from app.domain.adjudication import HearingResult, TrialWay
from app.domain.hearing_script import SCRIPT, SPOKEN
from app.domain.periods import Regime, regime_on
from forms.base import Entry, TaskForm
from forms.choices import OneField, PickField, SomeField, TopicField, YesNoField, from_fact, labelled, worded
from forms.fields import FilesField, IdentifierField, SignedFilesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField, ShanghaiDateTimeField, WholeField
from forms.registry import task_form
from forms.rows import RowsField

FARTHEST = timedelta(days=366)
HELD = f"{HearingResult.HEARD}|{HearingResult.HEARD_BY_DEFAULT}|{HearingResult.AGAIN}|{HearingResult.REQUESTER_ABSENT}"
ABSENT = f"{HearingResult.HEARD_BY_DEFAULT}|{HearingResult.REQUESTER_ABSENT}"
_COMMENT = statute.rule("adjudication.comment").term(Regime.ORDER81)


@task_form("choose_trial")
class ChooseTrial(TaskForm):
    """Say whether there is a hearing."""

    intro = _l("请确定审理方式。不举行口头审理的，作出裁决前书面告知拟认定的事实、理由和依据，听取各方意见。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十六条；办案指南（2019）案例2-3-1。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十六条；办案指南（2019）案例2-3-1。")
    submit_label = _l("确定审理方式")
    branch = ("way",)

    way = OneField(_l("审理方式"), labelled(TrialWay), required=_l("请选择审理方式"))
    reason = TextBlock(_l("理由"), max_length=1000, description=_l("列在本案的备注中，只有办案人员可以看到"))


@task_form("schedule_hearing")
class ScheduleHearing(TaskForm):
    """Fix time and place of the hearing; the parties are told, and the public unless it is closed (D24, D25)."""

    intro = _l("请确定口头审理的时间和地点；各方会收到通知书，公开审理的同时公告。")
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第二十六条、第二十七条——提前 3 个工作日（重大案件 5 个）通知，公开审理的同时公告。"
    )
    law_of_2015 = _l("依据：《专利行政执法办法》第十六条——至少提前 3 个工作日通知；公开审理的提前 3 个工作日公告。")
    submit_label = _l("发出通知")
    needs = ("now", "reschedules")
    rules = (_l("口头审理的时间在通知期限以后、一年之内。"),)

    at = ShanghaiDateTimeField(_l("时间"), required=_l("请填写口头审理的日期和时间"))
    venue = TextField(
        _l("地点"), required=_l("请填写地点；线上进行的，请填写会议号或者链接"), description=_l("线上进行的填写会议号")
    )
    online = TickField(_l("线上进行"))
    day_off = TickField(
        _l("确认安排在非工作日"), description=_l("所定日期是星期六、星期日或者放假日，各方都同意的，请勾选")
    )
    closed = TickField(_l("不公开审理"))
    closed_because = TextBlock(
        _l("不公开的理由"),
        max_length=1000,
        when="closed",
        required=_l("请写明不公开的理由：涉及国家秘密、个人隐私，或者当事人以涉及商业秘密为由申请"),
    )
    bring = TextBlock(_l("携带的材料"), max_length=1000, description=_l("会写入通知书，例如证据原件、授权委托书"))

    def check_together(self) -> None:
        """A hearing lies ahead; on line only since order 81 (art. 27)."""
        now, received = self.known.get("now"), self.known.get("received_on")
        if self.at.data and now and self.at.data <= now:
            self.refuse("at", _l("口头审理的时间应当在现在之后"))
        if self.at.data and now and self.at.data > now + FARTHEST:
            self.refuse("at", _l("口头审理的时间应当在一年之内，请核对年份"))
        if self.online.data and received and regime_on(received) is Regime.ORDER71:
            self.refuse("online", _l("2025 年 2 月 1 日以前收到的请求，适用的规定没有线上审理"))


class AttendeeEntry(Entry):
    """Somebody who comes to the hearing for a party."""

    name = TextField(_l("姓名"), max_length=80, required=_l("请填写姓名"))
    unit = TextField(_l("单位"))
    post = TextField(_l("职务"), max_length=80)
    phone = IdentifierField(_l("电话"), reader=identifiers.phone, mask="phone")


@task_form("hearing_reply")
class HearingReply(TaskForm):
    """Say whether one comes, and who (D24)."""

    intro = _l("请在收到通知书之日起 3 日内回复；需要改期的，至少在口头审理 3 日前写明理由，由合议组决定。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十六条；办案指南（2019）文书《口头审理通知书》。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十六条；办案指南（2019）文书《口头审理通知书》。")
    submit_label = _l("提交回执")
    needs = ("on_paper",)
    branch = ("attends",)

    attends = YesNoField(_l("是否参加"), yes=_l("参加"), no=_l("不参加"), required=_l("请选择是否参加"))
    why = TextBlock(_l("不参加的原因"), max_length=1000, when="attends=no", required=_l("请写明不参加的原因"))
    people = RowsField(AttendeeEntry, _l("参加人员"), most=10, when="attends=yes", required=_l("请填写参加人员"))
    another_day = TextBlock(
        _l("申请改期的理由"), max_length=1000, description=_l("需要改期的，写明正当理由；不需要的不填")
    )
    files = SignedFilesField(_l("附件"))


@task_form("act:ask_reschedule")
class AskReschedule(TaskForm):
    """Ask for another day of the hearing."""

    title = _l("申请改期口头审理")
    intro = _l(
        "有正当理由不能按时参加口头审理的，至少在口头审理 3 日前申请改期；是否改期由合议组决定，没有通知改期的，按时参加。"
    )
    patent_law = _l("依据：办案指南（2019）文书《口头审理通知书》。")
    submit_label = _l("提交改期申请")
    needs = ("asking",)

    party = PickField(
        _l("申请的当事人"), from_fact("asking"), ids=True, present_if="asking", required=_l("请选择申请的当事人")
    )
    reason = TextBlock(_l("申请改期的理由"), max_length=1000, required=_l("请写明正当理由"))
    files = FilesField(_l("证明材料"))


def _results(_form: Any, _field: Any) -> list[SelectChoice]:
    return labelled(HearingResult)


class ScriptEntry(Entry):
    """A part of the hearing, in the order of the script."""

    first = silent = ("part",)

    part = TopicField(_l("环节"), from_fact("script"), required=_l("请指明是哪一个环节"))
    text = TextBlock(_l("记录"), max_length=20_000, render_kw={"rows": 3}, weighed=True)


class PresentEntry(Entry):
    """Somebody who was there for a party."""

    party = PickField(_l("代表哪一方"), from_fact("parties"), ids=True, required=_l("请选择代表哪一方"))
    name = TextField(_l("姓名"), max_length=80, required=_l("请填写姓名"))
    capacity = TextField(
        _l("身份"),
        max_length=120,
        required=_l("请写明身份，例如法定代表人、特别授权代理人"),
        description=_l("法定代表人、代理人及其权限"),
    )


@task_form("hold_hearing")
class HoldHearing(TaskForm):
    """Record the hearing by the fixed script, and what came of it (D26)."""

    intro = _l("请按环节记录口头审理；笔录由到场人员逐页确认。没有召开的，选择改期并写明原因。")
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第二十六条——无正当理由缺席的，请求人按撤回处理，被请求人缺席审理。"
    )
    law_of_2015 = _l("依据：《专利行政执法办法》第十六条——无正当理由缺席的，请求人按撤回处理，被请求人缺席审理。")
    submit_label = _l("提交审理记录")
    needs = ("now", "parties", "script", "coming_hearing")
    branch = ("result",)
    rules = (
        _l("口头审理开始后才能登记结果。"),
        _l("按一方缺席处理的，该方没有人到场，并且通知书已在期限内送达该方。"),
    )

    result = OneField(_l("结果"), _results, required=_l("请选择口头审理的结果"))
    attended = SomeField(
        _l("到场的当事人"), from_fact("parties"), ids=True, weighed=True, description=_l("包括线上参加的")
    )
    people = RowsField(
        PresentEntry,
        _l("到场的人员"),
        most=30,
        when=f"result={HELD}",
        description=_l("实际到场的人，列入笔录和裁决书；没有登记的，以回执和授权委托书上的为准"),
    )
    ended = ShanghaiDateTimeField(_l("结束时间"), when=f"result={HELD}", required=_l("请填写口头审理结束的时间"))
    reason = TextBlock(
        _l("改期的原因"),
        max_length=2000,
        when=f"result={HearingResult.PUT_OFF}",
        required=_l("请写明没有召开、改期的原因"),
    )
    justified = TickField(
        _l("缺席有正当理由"), when=f"result={ABSENT}", description=_l("勾选的，另行安排口头审理，不按缺席处理")
    )
    script = RowsField(ScriptEntry, _l("审理记录"), most=30, fixed=True, when=f"result={HELD}")

    def prefill(self) -> dict[str, Any]:
        """Return the parts of the script with the words that are said each time; what parties say nobody knows before."""
        return {"script": [{"part": part.code, "text": "" if part.spoken else part.words} for part in SCRIPT]}

    def check_together(self) -> None:
        """It ends after it began; nobody was there where nothing took place; what was said is written down."""
        now = self.known.get("now")
        began = getattr(self.known.get("coming_hearing"), "at", None)
        if self.holds(f"result={HELD}") and self.ended.data:
            if began and self.ended.data < began:
                self.refuse("ended", _l("结束时间不能早于开始时间"))
            elif now and self.ended.data > now:
                self.refuse("ended", _l("结束时间不能晚于现在"))
        if self.holds(f"result={HearingResult.PUT_OFF}") and not self.attended.blank:
            self.refuse("attended", _l("没有召开的，不登记到场的当事人，请取消勾选"))
        if self.holds(f"result={HearingResult.HEARD}") and self.attended.blank:
            self.refuse("attended", _l("请勾选到场的当事人"))
        if self.holds(f"result={HELD}"):
            self._refuse_what_nobody_said()

    def _refuse_what_nobody_said(self) -> None:
        """What the parties said is written down: not what they were asked, and not nothing at all."""
        told = {row.form.part.data: row.form for row in self.script.filled if row.form.part.data in SPOKEN}
        for part, entry in told.items():
            if (entry.text.data or "").strip() == SPOKEN[part]:
                entry.refuse("text", _l("请记录各方实际的陈述；没有进行这一环节的，写明原因"))
        absent = self.holds(f"result={HearingResult.REQUESTER_ABSENT}") or self.justified.data
        if not absent and not any((entry.text.data or "").strip() for entry in told.values()):
            self.refuse("script", _l("请记录各方的陈述"))


class SignatureEntry(Entry):
    """How somebody who was there confirmed the transcript."""

    first = silent = ("party",)

    party = TopicField(_l("到场的当事人"), from_fact("attended"), ids=True, required=_l("请指明是哪一方"))
    how = OneField(
        _l("确认情况"),
        worded(
            signed=_l("逐页签名，无异议"),
            corrected=_l("更正后逐页签名"),
            refused=_l("拒绝签名，记明情况"),
        ),
        required=_l("请选择确认情况"),
    )
    note = TextBlock(
        _l("说明"),
        max_length=1000,
        required=_l("请写明更正的内容，或者拒绝签名的情况"),
        required_when="how=corrected|refused",
        render_kw={"rows": 2},
    )


@task_form("sign_transcript")
class SignTranscript(TaskForm):
    """Record that each who was there confirmed every page of the transcript."""

    intro = _l("请打印笔录，由到场人员逐页核对签名，登记确认的情况，并上传签名的笔录。")
    patent_law = _l("依据：办案指南（2019）——笔录逐页签名；拒绝签名的，记明情况。")
    submit_label = _l("登记确认情况")
    needs = ("attended",)
    rules = (_l("开过几次口头审理的，各次笔录一并确认；各次情况不同的，在说明中逐次写明。"),)

    signatures = RowsField(SignatureEntry, _l("确认情况"), most=30, fixed=True, present_if="attended")
    files = FilesField(_l("签名的笔录"), required=_l("请上传到场人员签名的笔录"))

    def prefill(self) -> dict[str, Any]:
        """Return a row for each party that was there."""
        return {"signatures": [{"party": n} for n in dict(self.known.get("attended") or {})]}


@task_form("notify_findings")
class NotifyFindings(TaskForm):
    """Tell the parties, before a decision without a hearing, what is about to be found and why."""

    intro = _l("请告知拟认定的事实、理由和依据；各方在期限内可以书面陈述意见。")
    patent_law = _l("依据：办案指南（2019）案例2-3-1——没有口头审理的，作出不利裁决前应当告知并听取意见。")
    submit_label = _l("发出告知书")

    facts = TextBlock(_l("拟认定的事实"), min_length=10, max_length=20_000, required=_l("请写明拟认定的事实"))
    reasons = TextBlock(_l("理由"), min_length=10, max_length=20_000, required=_l("请写明拟认定的理由"))
    basis_text = TextBlock(_l("法律依据"), max_length=3000, required=_l("请写明拟适用的规定"))
    days = WholeField(
        _l("陈述意见的期限（日）"),
        least=_COMMENT.least or 1,
        most=_COMMENT.most or 30,
        default=statute.length("adjudication.comment"),
        required=_l("请填写陈述意见的期限"),
    )


@task_form("comment_findings")
class CommentFindings(TaskForm):
    """Comment on what is about to be found."""

    intro = _l("请阅读告知书，在期限内陈述意见；没有意见的，写明没有意见。")
    patent_law = _l("依据：办案指南（2019）案例2-3-1。")
    submit_label = _l("提交意见")
    needs = ("on_paper", "today")

    received_on = IsoDateField(
        _l("本局收到日期"), tense="past", present_if="on_paper", required=_l("请填写收到纸质意见的日期")
    )
    comment = TextBlock(_l("意见"), max_length=20_000, required=_l("请写明意见；没有意见的，写“没有意见”"))
    files = SignedFilesField(_l("附件"))
