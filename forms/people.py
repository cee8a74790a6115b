"""What an administrator is asked about people and units."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.domain import identifiers
from app.domain.disputes import RightType
from app.domain.roles import Role
from forms.account import UsernameField, email_field
from forms.base import TaskForm
from forms.choices import OneField, PickField, SomeField, from_fact, labelled, worded
from forms.fields import IdentifierField, TextField, TickField
from forms.parsed import WholeField
from forms.text import Said

UNIT_KINDS = worded(
    city_bureau=_l("市局"),
    district_bureau=_l("区局"),
    protection_centre=_l("保护中心"),
    rapid_centre=_l("快速维权中心"),
    third_party=_l("第三方机构"),
)
STAFF = labelled(role for role in Role if role not in (Role.APPLICANT, Role.RESPONDENT))


class NewPerson(TaskForm):
    """An account for somebody of the office."""

    title: Said = _l("新增人员")
    submit_label: Said = _l("新增")

    username = UsernameField(
        _l("用户名"), required=_l("请填写用户名"), description=_l("4 至 32 个小写字母、数字或 . _ -，以字母开头")
    )
    name = TextField(_l("姓名"), max_length=80, required=_l("请填写姓名"))
    email = email_field(required=None)
    phone = IdentifierField(_l("联系电话"), reader=identifiers.phone, description=_l("手机号或者带区号的固定电话"))


class Person(TaskForm):
    """What the office says of a person."""

    submit_label: Said = _l("保存")

    name = TextField(_l("姓名"), max_length=80, required=_l("请填写姓名"))
    email = email_field(required=None)
    employer = TextField(_l("任职单位"), description=_l("调解员在外任职的单位；该单位是当事人时应当回避"))
    specialities = SomeField(_l("擅长领域"), labelled(RightType), description=_l("用于推荐调解员"))
    capacity = WholeField(_l("同时办理案件数上限"), least=0, most=500, required=_l("请填写同时办理案件数上限"))


class GiveRole(TaskForm):
    """A role in a unit. The fact ``units`` lists the units in use."""

    submit_label: Said = _l("授予角色")
    needs = ("units",)

    role = PickField(_l("角色"), STAFF, required=_l("请选择角色"))
    unit = PickField(_l("部门"), from_fact("units"), ids=True, required=_l("请选择部门"))


class CodeField(TextField):
    """The short code of a unit."""

    def inspect(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_-]{1,39}", self.data):
            raise ValidationError(str(_l("代码为 2 至 40 个小写字母、数字、- 或 _，以字母开头")))


class RegionField(TextField):
    """The six digits of an administrative division (GB/T 2260)."""

    def inspect(self) -> None:
        if not re.fullmatch(r"[1-9][0-9]{5}", self.data):
            raise ValidationError(str(_l("行政区划代码为 6 位数字，例如 440600")))


class Unit(TaskForm):
    """A unit of the office. The fact ``units`` lists those that may stand above it."""

    submit_label: Said = _l("保存")
    needs = ("units",)

    name = TextField(_l("名称"), max_length=120, required=_l("请填写名称"))
    name_en = TextField(_l("英文名称"), max_length=160, required=_l("请填写英文名称"))
    code = CodeField(_l("代码"), max_length=40, required=_l("请填写代码"))
    kind = OneField(_l("类别"), UNIT_KINDS, required=_l("请选择类别"))
    parent = PickField(_l("上级部门"), from_fact("units"), ids=True)
    region = RegionField(_l("行政区划代码"), max_length=6, required=_l("请填写行政区划代码"), default="440600")
    address = TextField(_l("地址"))
    phone = IdentifierField(_l("联系电话"), reader=identifiers.phone, max_length=40)
    active = TickField(_l("在用"), default=True, description=_l("停用后不能再授予这个部门的角色"))
