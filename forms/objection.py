"""An objection to a public notice: what anybody is asked who files one, and what its handlers say to it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain import identifiers
from app.domain.notices import DECIDED, Ground, Need, Objector, Paper
from forms.account import email_field
from forms.base import TaskForm
from forms.choices import OneField, PickField, from_fact, labelled
from forms.fields import FilesField, IdentifierField, TextBlock, TextField
from forms.registry import task_form

MOST_FILES = 10
UNIT, INDIVIDUAL = f"kind={Objector.UNIT.value}", f"kind={Objector.INDIVIDUAL.value}"


@task_form("desk:objection")
class ObjectionForm(TaskForm):
    """An objection, with the papers without which it is not accepted. The fact ``rows`` are those of the notice."""

    title = _l("提出异议")
    intro = _l("异议应当在公示期内以书面形式实名提出，并附证明材料；匿名的和没有证明材料的，不予受理。")
    submit_label = _l("提交异议")
    final = True
    needs = ("rows",)
    sections = (
        (_l("异议"), ("row", "reasons")),
        (_l("异议人"), ("kind", "name", "uscc", "contact", "resident_id", "phone", "email")),
        (_l("材料"), ("application", "identity", "proof")),
    )

    row = PickField(_l("对哪一项有异议"), from_fact("rows"), required=_l(Need.ROW.label))
    reasons = TextBlock(_l("事实和理由"), max_length=3000, required=_l(Need.REASONS.label))
    kind = OneField(_l("以什么名义提出"), labelled(Objector), required=_l(Need.KIND.label))
    name = TextField(_l("单位名称或者本人姓名"), required=_l(Need.NAME.label))
    uscc = IdentifierField(
        _l("统一社会信用代码"), reader=identifiers.uscc, required=_l(Need.USCC.label), when=UNIT, max_length=40
    )
    contact = TextField(_l("联系人"), max_length=80, required=_l(Need.CONTACT.label), when=UNIT)
    resident_id = IdentifierField(
        _l("居民身份证号"),
        reader=identifiers.resident_id,
        required=_l(Need.RESIDENT_ID.label),
        when=INDIVIDUAL,
        mask="resident_id",
        description=_l("加密保存，只有办理异议的人员可以看到，显示时隐去出生日期"),
        render_kw={"autocomplete": "off"},
    )
    phone = IdentifierField(
        _l("联系电话"),
        reader=identifiers.phone,
        required=_l(Need.PHONE.label),
        mask="phone",
        description=_l("手机号或者带区号的固定电话；查询办理情况时用到后四位"),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )
    email = email_field(required=None, description=_l("填写后，办理情况用电子邮件通知您"))
    application = FilesField(
        _l(Paper.APPLICATION.label),
        most=MOST_FILES,
        required=_l(Need.APPLICATION.label),
        description=_l("单位的加盖公章，个人的由本人签名，拍照或者扫描"),
    )
    identity = FilesField(
        _l(Paper.IDENTITY.label),
        most=MOST_FILES,
        required=_l(Need.IDENTITY.label),
        description=_l("单位的营业执照或者登记证书；个人的居民身份证"),
    )
    proof = FilesField(_l(Paper.PROOF.label), most=MOST_FILES, required=_l(Need.PROOF.label))


@task_form("desk:objection_turn_down")
class TurnDown(TaskForm):
    """An objection lacks what it needs."""

    title = _l("不受理这份异议")
    submit_label = _l("不受理这份异议")

    ground = PickField(_l("理由"), labelled(Ground), required=_l("请选择不予受理的理由"))
    answer = TextBlock(
        _l("对异议人的说明"),
        max_length=1000,
        required=_l("请写明对异议人的说明"),
        description=_l("异议人查询时看到；公示期内可以补齐后再次提出"),
    )


@task_form("desk:objection_decide")
class Decide(TaskForm):
    """An accepted objection is upheld or dismissed."""

    title = _l("作出处理")
    submit_label = _l("作出处理")

    outcome = OneField(_l("处理结果"), labelled(DECIDED), required=_l("请选择处理结果"))
    answer = TextBlock(
        _l("答复"),
        max_length=3000,
        required=_l("请写明核实的情况和理由"),
        description=_l("异议人查询时看到；不要写入他人的个人信息"),
    )
