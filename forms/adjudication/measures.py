"""How the office gets evidence: asked for, proposed, approved, carried out (order 81, arts. 43-53; order 71, arts. 37-42)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain import identifiers
from app.domain.adjudication import Measure
from forms.base import Entry, TaskForm
from forms.choices import OneField, PickField, SomeField, from_fact, labelled, worded
from forms.fields import FilesField, IdentifierField, LinesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField, ShanghaiDateTimeField, WholeField
from forms.registry import task_form
from forms.rows import RowsField

RECORDED = f"{Measure.INVESTIGATION}|{Measure.INSPECTION}"
THINGS = f"{Measure.SAMPLING}|{Measure.REGISTRATION}"


@task_form("act:request_measure")
class RequestMeasure(TaskForm):
    """Ask the office to get evidence that one cannot get oneself (D16)."""

    title = _l("申请调查取证")
    intro = _l("因客观原因不能自行收集的证据，可以书面请求本局调查；是否调查由合议组决定。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第四十三条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第三十七条。")
    submit_label = _l("提交请求书")
    needs = ("asking",)

    party = PickField(
        _l("请求的当事人"), from_fact("asking"), ids=True, present_if="asking", required=_l("请选择请求的当事人")
    )
    investigated = TextField(_l("被调查人"), required=_l("请写明向谁调查"))
    address = TextField(_l("被调查人的住所"), max_length=300)
    evidence = TextBlock(_l("证据的内容和证明的事实"), max_length=3000, required=_l("请写明需要什么证据、证明什么"))
    kept_at = TextField(_l("证据存放的地点"), max_length=300, required=_l("请写明证据在哪里"))
    reason = TextBlock(_l("不能自行收集的理由"), max_length=2000, required=_l("请写明为什么不能自行收集"))
    files = FilesField(_l("签章的请求书"), required=_l("代当事人登记的，请上传签章的请求书"), required_when="party")


@task_form("act:propose_measure")
class ProposeMeasure(TaskForm):
    """Put to the head of the department how evidence is to be got (D17)."""

    title = _l("报请取证")
    intro = _l("由合议组提出，处（科）室负责人审核、部门负责人批准后实施；证据登记保存应当在 7 日内作出处理决定。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第四十三条至第五十三条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第三十七条至第四十二条。")
    submit_label = _l("报请审批")
    needs = ("all_parties",)

    kind = OneField(_l("方式"), labelled(Measure), required=_l("请选择取证的方式"))
    party = PickField(
        _l("被取证的当事人"),
        from_fact("all_parties"),
        ids=True,
        description=_l("向本案当事人取证的，请选择是哪一方，决定书将向其送达；向其他人取证的不选"),
    )
    of = TextField(
        _l("对象"),
        required=_l("请写明向谁、对什么取证；鉴定的写明鉴定机构"),
        description=_l("选择了当事人的，写明其物品、场所或者材料；没有选择的，写明被取证人的名称或者姓名"),
    )
    reason = TextBlock(_l("事项和理由"), max_length=3000, required=_l("请写明取证的事项和理由"))
    matters = LinesField(
        _l("鉴定的事项"),
        most=20,
        when=f"kind={Measure.APPRAISAL}",
        required=_l("请写明鉴定的事项，一行一项"),
    )
    finish_by = IsoDateField(
        _l("要求完成的日期"), tense="future", when=f"kind={Measure.APPRAISAL}", required=_l("请填写要求完成的日期")
    )


class ThingEntry(Entry):
    """A thing that is sampled or registered."""

    name = TextField(_l("物品名称"), required=_l("请填写物品名称"))
    model = TextField(_l("规格型号"), max_length=80)
    quantity = WholeField(_l("数量"), least=1, required=_l("请填写数量"))
    price = TextField(_l("单价"), max_length=40)
    kept_at = TextField(_l("保存地点"))
    note = TextField(_l("备注"))


@task_form("review_measure")
class ReviewMeasure(TaskForm):
    """Agree that evidence is got in this way, or not (D17)."""

    intro = _l("请审核取证的事项和理由；同意的，报部门负责人审批。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第四十三条至第五十三条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第三十七条至第四十二条。")
    submit_label = _l("提交审核意见")
    needs = ("measure",)
    branch = ("measure_review",)

    measure_review = OneField(
        _l("审核意见"), worded(agree=_l("同意，报请审批"), refused=_l("不同意")), required=_l("请选择审核意见")
    )
    opinion = TextBlock(_l("具体意见"), max_length=2000, required=_l("请写明具体意见，列入审批表"))


@task_form("decide_measure")
class DecideMeasure(TaskForm):
    """Allow the measure, or not; a registration is made at once (D17, D21)."""

    intro = _l("请审批取证。批准登记保存的，写明物品清单，即作出登记保存决定。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第四十三条至第四十九条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第三十七条至第四十条。")
    submit_label = _l("提交审批意见")
    needs = ("measure",)
    branch = ("decision",)

    decision = OneField(_l("审批意见"), worded(granted=_l("批准"), refused=_l("不批准")), required=_l("请选择审批意见"))
    opinion = TextBlock(_l("具体意见"), max_length=2000, required=_l("请写明具体意见，列入审批表"))
    things = RowsField(ThingEntry, _l("登记保存的物品"), most=50, present_if="registers")

    def check_together(self) -> None:
        """What is registered is listed."""
        if "things" in self and self.holds("decision=granted") and self.things.blank:
            self.refuse("things", _l("批准登记保存的，请列出物品"))


@task_form("settle_registration")
class SettleRegistration(TaskForm):
    """Decide, within seven days, what becomes of the registered evidence (D22)."""

    intro = _l("请在登记保存之日起 7 日内作出处理决定。解除的，通知当事人 3 个月内领回。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第四十九条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第四十条。")
    submit_label = _l("作出处理决定")
    branch = ("outcome",)

    outcome = OneField(
        _l("处理"),
        worded(released=_l("解除登记保存，通知领回"), kept=_l("作为证据调取、随案保存")),
        required=_l("请选择怎样处理"),
    )
    reason = TextBlock(_l("理由"), max_length=2000, required=_l("请写明理由"))


class PresentEntry(Entry):
    """Somebody who was there."""

    name = TextField(_l("姓名"), max_length=80, required=_l("请填写姓名"))
    number = IdentifierField(_l("证件号"), reader=identifiers.resident_id, mask="resident_id")
    unit = TextField(_l("单位、职务"))
    address = TextField(_l("住所"), max_length=300)
    phone = IdentifierField(_l("电话"), reader=identifiers.phone, mask="phone")


@task_form("act:record_measure")
class RecordMeasure(TaskForm):
    """Record how a measure that was allowed was carried out (D18, D19, D20, D23)."""

    title = _l("登记取证情况")
    intro = _l("登记已经批准的取证的实施情况；调查、检查应当由两名以上办案人员进行。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第四十四条至第五十三条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第三十八条至第四十二条。")
    submit_label = _l("登记")
    needs = ("granted_measures", "investigators", "now")

    measure = PickField(_l("取证"), from_fact("granted_measures"), ids=True, required=_l("请选择已经批准的取证"))
    began = ShanghaiDateTimeField(_l("开始时间"), required=_l("请填写开始的时间"))
    ended = ShanghaiDateTimeField(_l("结束时间"), required=_l("请填写结束的时间"))
    venue = TextField(_l("地点"), required=_l("请填写地点；鉴定的填写鉴定机构"))
    officials = SomeField(
        _l("办案人员"),
        from_fact("investigators"),
        ids=True,
        required=_l("请选择两名以上办案人员"),
        description=_l("两名以上，合议组成员或者本部门人员"),
    )
    present = RowsField(
        PresentEntry,
        _l("被调查人、当事人或者见证人"),
        most=10,
        description=_l("现场检查、勘验的，写明到场的当事人或者见证人"),
    )
    told = TextBlock(
        _l("告知情况"), max_length=2000, description=_l("出示证件、告知权利义务的情况；现场检查、勘验的应当写明")
    )
    record = TextBlock(_l("情况"), max_length=20_000, required=_l("请记录取证的情况"))
    things = RowsField(ThingEntry, _l("抽取或者提取的物品"), most=50)
    concluded = TickField(
        _l("鉴定结论已经收到"), description=_l("登记鉴定结论时勾选；从委托之日到收到结论的时间不计入办案期限")
    )
    files = FilesField(_l("签名的笔录、清单或者鉴定结论"), required=_l("请上传签名的笔录、清单或者鉴定结论"))

    def check_together(self) -> None:
        """Two officials at least; the end comes after the beginning, and neither lies ahead."""
        if len(self.officials.data) == 1:
            self.refuse("officials", _l("应当由两名以上办案人员进行"))
        began, ended, now = self.began.data, self.ended.data, self.known.get("now")
        if began and ended and ended < began:
            self.refuse("ended", _l("结束时间不能早于开始时间"))
        if ended and now and ended > now:
            self.refuse("ended", _l("结束时间不能晚于现在"))
