"""Calls for projects: what one says."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from app.domain.roster.members import Industry
from app.domain.roster.projects import FOR_MEMBERS, MOST_PLACES, Level, ProjectKind
from forms.base import TaskForm
from forms.choices import OneField, PickField, SomeField, labelled
from forms.fields import TextBlock, TextField, TickField
from forms.parsed import IsoDateField, WholeField
from forms.registry import task_form


@task_form("desk:project_call")
class ProjectCall(TaskForm):
    """What units may file for, until when, and how many the city may recommend."""

    title = _l("项目通知")
    intro = _l("上级部门的项目申报通知，一人起草，另一人发布；发布后不能修改。")
    submit_label = _l("保存")
    rules = (
        _l("截止日期不早于开始日期，也不早于今天。"),
        _l("企业运营类专利导航只支持培优名录内的企业。"),
    )

    heading = TextField(
        _l("标题"), max_length=200, required=_l("请填写标题"), description=_l("例如：2026 年省级高价值专利培育项目")
    )
    level = OneField(_l("级别"), labelled(Level), required=_l("请选择级别"))
    kind = PickField(_l("类别"), labelled(ProjectKind), required=_l("请选择类别"))
    industries = SomeField(_l("面向的产业"), labelled(Industry), description=_l("不选的，面向全部产业"))
    conditions = TextBlock(_l("申报条件"), max_length=4000, required=_l("请写明申报条件"))
    places = WholeField(
        _l("推荐名额"), least=1, most=MOST_PLACES, description=_l("本市可以推荐几项；上级没有限定的不填")
    )
    opens_on = IsoDateField(_l("开始日期"), required=_l("请填写开始日期"))
    closes_on = IsoDateField(
        _l("截止日期"),
        required=_l("请填写截止日期"),
        description=_l("上级部门规定的截止日期，当日 23:59:59 前提交的为按期"),
    )
    members_only = TickField(_l("只限培优名录内的单位"))
    link = TextField(_l("官方通知的网址"), max_length=500, description=_l("以 https:// 或者 http:// 开头；没有的不填"))
    notes = TextBlock(_l("其他说明"), max_length=2000, description=_l("例如咨询方式、需要准备的材料"))

    def check_together(self) -> None:
        """The window has a beginning and an end, in that order; the link is one; navigation is for members."""
        if self.opens_on.data and self.closes_on.data and self.closes_on.data < self.opens_on.data:
            self.refuse("closes_on", _l("截止日期早于开始日期"))
        if not self.link.blank and not _is_address(self.link.data):
            self.refuse("link", _l("请填写完整的网址，例如 https://amr.gd.gov.cn/"))
        if self.kind.data in FOR_MEMBERS and not self.members_only.data:
            self.refuse("members_only", _l("企业运营类专利导航只支持培优名录内的企业，请勾选"))


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname)
