"""Training: what a unit needs, what a course says, whom a unit signs up, who came."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.domain import identifiers
from app.domain.roster import training as rules
from app.domain.roster.training import Audience, Subject
from forms.base import Entry, TaskForm
from forms.choices import OneField, PickField, SomeField, TopicField, from_fact, labelled, worded
from forms.fields import IdentifierField, TextBlock, TextField, TickField
from forms.parsed import Parsed, ShanghaiDateTimeField, WholeField
from forms.registry import task_form
from forms.rows import RowsField
from forms.text import Said

CAME, ABSENT = "came", "absent"


@task_form("desk:training_need")
class NeedForm(TaskForm):
    """What training a unit needs. Year and subject are asked of a new entry (fact ``fresh``) only."""

    title = _l("培训需求")
    submit_label = _l("保存")
    needs = ("years",)

    year = PickField(_l("年度"), from_fact("years"), ids=True, present_if="fresh", required=_l("请选择年度"))
    subject = PickField(_l("培训内容"), labelled(Subject), present_if="fresh", required=_l("请选择培训内容"))
    audiences = SomeField(_l("培训对象"), labelled(Audience), required=_l("请选择培训对象"))
    people = WholeField(_l("大约多少人"), least=1, most=rules.MOST_PEOPLE_NEEDED, required=_l("请填写人数"))
    words = TextBlock(_l("具体的诉求"), max_length=1000, description=_l("想解决什么问题、什么时间方便、希望谁来讲"))


class HoursField(Parsed):
    """Hours of training: whole ones or with one decimal."""

    def __init__(self, label: Said, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.render_kw = {**(self.render_kw or {}), "inputmode": "decimal"}

    def parse(self, text: str) -> Decimal:
        try:
            hours = Decimal(text) if len(text) <= 6 and text.isascii() else Decimal("NaN")
        except InvalidOperation:
            hours = Decimal("NaN")
        if not hours.is_finite() or hours != round(hours, 1):
            raise ValueError(str(_l("请填写学时，例如 4 或者 3.5")))
        return round(hours, 1)

    def show(self, value: Decimal) -> str:
        return f"{value.normalize():f}"

    def inspect(self) -> None:
        if not 0 < self.data <= rules.MOST_HOURS:
            raise ValidationError(str(_l("学时应当大于 0，不超过 %(most)s", most=rules.MOST_HOURS)))

    def answer(self) -> str | None:
        return None if self.blank else f"{self.data:.1f}"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9])?$"}


@task_form("desk:training_course")
class CourseForm(TaskForm):
    """What a course says."""

    title = _l("培训课程")
    submit_label = _l("保存")
    sections = (
        (_l("内容"), ("name", "subject", "about", "teacher", "provider")),
        (_l("时间和地点"), ("begins_at", "ends_at", "hours", "venue")),
        (_l("报名和考核"), ("places", "signup_until", "members_only", "pass_mark")),
    )

    name = TextField(_l("课程名称"), max_length=120, required=_l("请填写课程名称"))
    subject = PickField(_l("培训内容"), labelled(Subject), required=_l("请选择培训内容"))
    about = TextBlock(_l("课程介绍"), max_length=3000)
    teacher = TextField(_l("授课人"), max_length=120, required=_l("请填写授课人"))
    provider = TextField(
        _l("承办机构"), max_length=200, required=_l("请填写承办机构"), description=_l("例如 市知识产权人才学院")
    )
    begins_at = ShanghaiDateTimeField(_l("开始时间"), required=_l("请填写开始时间"))
    ends_at = ShanghaiDateTimeField(_l("结束时间"), required=_l("请填写结束时间"))
    hours = HoursField(_l("学时"), required=_l("请填写学时"))
    venue = TextField(_l("地点"), max_length=200, required=_l("请填写地点"))
    places = WholeField(_l("名额"), least=1, most=rules.MOST_PLACES, required=_l("请填写名额"))
    signup_until = ShanghaiDateTimeField(
        _l("报名截止时间"), required=_l("请填写报名截止时间"), description=_l("不晚于开始时间")
    )
    members_only = TickField(_l("只向培优名录内的单位开放"))
    pass_mark = WholeField(
        _l("合格分"),
        least=1,
        most=rules.FULL_MARKS,
        description=_l("有考核的填写；不填的，到场的人都可以取得证书"),
    )


@task_form("desk:training_cancellation")
class CourseCancellation(TaskForm):
    """Why a course does not take place."""

    title = _l("取消课程")
    submit_label = _l("取消课程")

    because = TextBlock(
        _l("取消的理由"), max_length=500, required=_l("请写明取消的理由"), description=_l("会告知每个报名的单位")
    )


class AttendeeEntry(Entry):
    """Somebody who is to be signed up."""

    name = TextField(_l("姓名"), max_length=80, required=_l("请填写姓名"))
    position = TextField(_l("职务"), max_length=80, required=_l("请填写职务"))
    phone = IdentifierField(
        _l("联系电话"),
        reader=identifiers.phone,
        required=_l("请填写联系电话"),
        mask="phone",
        render_kw={"autocomplete": "off", "inputmode": "tel"},
    )


@task_form("desk:training_signup")
class SignUpForm(TaskForm):
    """Whom a unit signs up. The unit is asked of somebody who acts for several (fact ``several``)."""

    title = _l("报名")
    submit_label = _l("报名")
    needs = ("organizations",)

    unit = PickField(_l("单位"), from_fact("organizations"), ids=True, present_if="several", required=_l("请选择单位"))
    people = RowsField(
        AttendeeEntry,
        _l("参加的人员"),
        least=1,
        most=rules.MOST_AT_ONCE,
        required=_l("请填写参加的人员"),
        description=_l("联系电话加密保存，只用于联系培训事项"),
    )


class ResultEntry(Entry):
    """Whether somebody came, and their points."""

    first = silent = ("seat",)

    seat = TopicField(_l("姓名"), from_fact("seats"), ids=True, required=_l("请指明是谁"))
    came = OneField(_l("出勤"), worded(**{CAME: _l("到场"), ABSENT: _l("缺席")}), required=_l("请选择是否到场"))
    points = WholeField(_l("考核得分"), least=0, most=rules.FULL_MARKS, when=f"came={CAME}")


@task_form("desk:training_results")
class ResultsForm(TaskForm):
    """Who came to a course; rows that are left empty are not recorded."""

    title = _l("登记出勤和考核")
    submit_label = _l("保存")
    needs = ("seats",)

    results = RowsField(ResultEntry, _l("名单"), most=rules.MOST_PLACES, fixed=True)

    def check_together(self) -> None:
        """Somebody is recorded."""
        if self.results.blank:
            self.refuse("results", _l("请登记至少一人的出勤"))
