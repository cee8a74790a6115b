"""What is asked at the door and of one's own account."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import ValidationError

from app.domain import identifiers
from app.domain.errors import RuleBroken
from app.domain.organizations import WITH_CODE, OrgKind
from app.domain.passwords import LONGEST, SHORTEST, check_password
from forms.asked import Asked, text_of
from forms.base import TaskForm
from forms.choices import OneField, PickField, SomeField, from_fact, labelled, worded
from forms.fields import FilesField, IdentifierField, TextField, TickField
from forms.parsed import IsoDateField
from forms.text import Said, refused

USERNAME = re.compile(r"[a-z][a-z0-9._-]{3,31}")
PASSWORD_HINT = _l("至少 %(n)s 个字符，含大写字母、小写字母、数字、符号中的三种；或者不少于 16 个字符", n=SHORTEST)


class SecretField(Asked, PasswordField):
    """A password, taken exactly as typed and never shown again."""

    def __init__(self, *args: Any, autocomplete: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.render_kw = {**(self.render_kw or {}), "autocomplete": autocomplete, "maxlength": LONGEST}

    def unanswered(self) -> str:
        return ""

    def from_json(self, value: Any) -> list[str]:
        return [text_of(value)]

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "password", "maxLength": LONGEST}


class UsernameField(TextField):
    """A user name somebody chooses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=32, **kwargs)
        self.render_kw = {**(self.render_kw or {}), "autocomplete": "username", "autocapitalize": "none"}

    def clean(self, text: str) -> str:
        return identifiers.normalise(text).lower()

    def inspect(self) -> None:
        if not USERNAME.fullmatch(self.data):
            raise ValidationError(str(_l("用户名为 4 至 32 个小写字母、数字或 . _ -，以字母开头")))


def phone_field(**more: Any) -> IdentifierField:
    """Return the field for a phone number, the same wherever it is asked."""
    return IdentifierField(
        _l("联系电话"),
        reader=identifiers.phone,
        required=_l("请填写联系电话"),
        description=_l("手机号或者带区号的固定电话；加密保存，显示时隐去中间几位"),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
        **more,
    )


def email_field(*, required: Said | None = _l("请填写电子邮箱"), **more: Any) -> IdentifierField:
    """Return the field for an e-mail address."""
    return IdentifierField(
        _l("电子邮箱"),
        reader=identifiers.email,
        max_length=200,
        required=required,
        render_kw={"autocomplete": "email", "inputmode": "email"},
        **more,
    )


class Login(TaskForm):
    """Name and password."""

    title: Said = _l("登录")
    submit_label: Said = _l("登录")

    username = TextField(
        _l("用户名"),
        max_length=64,
        required=_l("请填写用户名"),
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = SecretField(_l("密码"), required=_l("请填写密码"), autocomplete="current-password")


class ChoosesPassword(TaskForm):
    """What every form shares in which a password is chosen; it is asked twice."""

    def check_chosen(self, username: str) -> None:
        """Refuse a weak password, and two that differ."""
        if not self["password"].errors and self["password"].data:
            try:
                check_password(self["password"].data, username)
            except RuleBroken as refusal:
                self.refuse("password", refused(refusal))
        if self["again"].data and self["again"].data != self["password"].data:
            self.refuse("again", _l("两次填写的密码不一致"))


def chosen_password(label: Said = _l("密码"), **more: Any) -> SecretField:
    """Return the field in which a password is chosen."""
    asked = {"required": _l("请填写密码"), "autocomplete": "new-password", "description": PASSWORD_HINT}
    return SecretField(label, **asked, **more)


def password_again(**more: Any) -> SecretField:
    """Return the field in which it is repeated."""
    return SecretField(_l("再输一次密码"), required=_l("请再输一次密码"), autocomplete="new-password", **more)


KINDS = labelled(kind for kind in OrgKind if kind is not OrgKind.FOREIGN)
BODY = "kind=" + "|".join(WITH_CODE)
PERSON = f"kind={OrgKind.INDIVIDUAL}"


class SignUp(ChoosesPassword):
    """An organisation, or a person for themselves, signs up."""

    title: Said = _l("注册")
    submit_label: Said = _l("注册")

    kind = OneField(_l("您代表"), KINDS, required=_l("请选择您代表谁"), default="enterprise")
    uscc = IdentifierField(
        _l("统一社会信用代码"),
        reader=identifiers.uscc,
        required=_l("请填写统一社会信用代码"),
        when=BODY,
        description=_l("18 位，见营业执照或者登记证书"),
    )
    body_name = TextField(_l("单位名称"), required=_l("请填写单位名称"), when=BODY)
    legal_representative = TextField(
        _l("法定代表人或者负责人"), max_length=80, required=_l("请填写法定代表人或者负责人"), when=BODY
    )
    resident_id = IdentifierField(
        _l("居民身份证号"),
        reader=identifiers.resident_id,
        required=_l("请填写居民身份证号"),
        when=PERSON,
        description=_l("用于核对当事人身份；加密保存，显示时隐去出生日期"),
        render_kw={"autocomplete": "off"},
    )
    address = TextField(
        _l("地址"),
        required=_l("请填写地址"),
        description=_l("文书送达的地址"),
        render_kw={"autocomplete": "street-address"},
    )
    licence = FilesField(
        _l("营业执照或者身份证件"),
        most=1,
        description=_l("可以以后在“个人设置”中再交；核验以前，看不到别人以您为被请求人的案件"),
    )
    name = TextField(_l("联系人姓名"), max_length=80, required=_l("请填写姓名"), render_kw={"autocomplete": "name"})
    phone = phone_field()
    email = email_field()
    username = UsernameField(
        _l("用户名"), required=_l("请填写用户名"), description=_l("4 至 32 个小写字母、数字或 . _ -，以字母开头")
    )
    password = chosen_password()
    again = password_again()
    privacy = TickField(_l("我已阅读并同意个人信息处理告知"), required=_l("请先阅读个人信息处理告知并勾选"))

    def check_together(self) -> None:
        self.check_chosen(self["username"].data or "")


class AcceptInvitation(ChoosesPassword):
    """Somebody joins a case with the code that was served on them; who has an account is asked for the code alone.

    The fact ``stranger`` says that nobody is signed in.
    """

    title: Said = _l("凭邀请码加入案件")
    submit_label: Said = _l("加入")

    code = TextField(
        _l("邀请码"),
        max_length=40,
        required=_l("请填写邀请码"),
        description=_l("见随文书送达的邀请函，12 位，不分大小写"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters"},
    )
    name = TextField(
        _l("姓名"),
        max_length=80,
        required=_l("请填写姓名"),
        present_if="stranger",
        render_kw={"autocomplete": "name"},
    )
    phone = phone_field(present_if="stranger")
    email = email_field(present_if="stranger")
    username = UsernameField(_l("用户名"), required=_l("请填写用户名"), present_if="stranger")
    password = chosen_password(present_if="stranger")
    again = password_again(present_if="stranger")
    privacy = TickField(
        _l("我已阅读并同意个人信息处理告知"), required=_l("请先阅读个人信息处理告知并勾选"), present_if="stranger"
    )

    def check_together(self) -> None:
        if "password" in self:
            self.check_chosen(self["username"].data or "")


CHANNELS = worded(email=_l("电子邮件"), sms=_l("短信"))


class Profile(TaskForm):
    """How one is reached. The fact ``own_name`` says that the name is one's own to change, ``in_office`` that one has queues."""

    submit_label: Said = _l("保存")

    name = TextField(_l("姓名"), max_length=80, required=_l("请填写姓名"), present_if="own_name")
    email = email_field(required=None)
    phone = IdentifierField(
        _l("新的联系电话"),
        reader=identifiers.phone,
        description=_l("留空则不变；手机号或者带区号的固定电话"),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )
    channels = SomeField(_l("除站内消息外，还用什么方式通知我"), CHANNELS)
    queue_email = TickField(_l("我的队列来了新任务，也用电子邮件通知我"), present_if="in_office")


class HandInLicence(TaskForm):
    """The licence of an organisation, handed in after signing up."""

    title: Said = _l("提交证照")
    submit_label: Said = _l("提交证照")

    licence = FilesField(
        _l("营业执照或者身份证件"),
        most=1,
        required=_l("请选择营业执照或者身份证件的扫描件或者照片"),
        description=_l("受理人员核对后，您才能看到别人以您为被请求人的案件；交错的可以再交一次"),
    )


class ChangePassword(ChoosesPassword):
    """The old password and the new one. The fact ``username`` is whose password it is."""

    title: Said = _l("修改密码")
    submit_label: Said = _l("修改密码")
    needs = ("username",)

    old = SecretField(_l("原密码"), required=_l("请填写原密码"), autocomplete="current-password")
    password = chosen_password(label=_l("新密码"))
    again = password_again()

    def check_together(self) -> None:
        self.check_chosen(self.known["username"])


class DeclareRelation(TaskForm):
    """A mediator declares a relation to somebody who may be a party."""

    submit_label: Said = _l("申报")

    code = TextField(_l("对方"), required=_l("请填写对方"), description=_l("单位的完整名称或者统一社会信用代码"))
    nature = TextField(
        _l("关系"), max_length=120, required=_l("请说明是什么关系"), description=_l("例如：配偶任该公司董事")
    )


class OutOfOffice(TaskForm):
    """Who stands in for somebody, from when to when. The fact ``colleagues`` lists who can."""

    title: Said = _l("外出代办")
    submit_label: Said = _l("设置代办")
    needs = ("colleagues", "today")

    deputy = PickField(
        _l("由谁代办"),
        from_fact("colleagues"),
        ids=True,
        required=_l("请选择代办人"),
        description=_l("只能选择在同一部门担任相同角色的同事；办理时按当时的权限逐项核对"),
    )
    starts = IsoDateField(_l("从"), required=_l("请填写开始日期"))
    ends = IsoDateField(_l("至（含当日）"), required=_l("请填写结束日期"))
    reason = TextField(_l("事由"), required=_l("请填写事由"), description=_l("例如：出差、休假、参加培训"))

    def check_together(self) -> None:
        first, last = self["starts"].data, self["ends"].data
        if first and last and last < first:
            self.refuse("ends", _l("结束日期不能早于开始日期"))
        if last and last < self.known["today"]:
            self.refuse("ends", _l("结束日期已经过去"))
