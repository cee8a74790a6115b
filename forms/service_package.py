"""The services agreed with a member: another one, and how far one has come."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.roster.package import Progress, Service
from forms.base import TaskForm
from forms.choices import OneField, PickField, labelled
from forms.fields import TextBlock, TextField
from forms.parsed import IsoDateField
from forms.registry import task_form


@task_form("desk:package_item")
class PackageItemForm(TaskForm):
    """A service that was agreed with the unit."""

    title = _l("加入服务")
    submit_label = _l("加入服务包")

    service = PickField(_l("服务"), labelled(Service), required=_l("请选择服务"))
    what = TextField(_l("约定的内容"), max_length=500, required=_l("请写明约定了什么"))
    until = IsoDateField(_l("约定的完成日期"), tense="future", required=_l("请填写日期"))
    note = TextBlock(_l("备注"), max_length=1000, description=_l("单位看得到"))


@task_form("desk:package_progress")
class PackageProgress(TaskForm):
    """How far a service has come."""

    title = _l("更新进展")
    submit_label = _l("保存")

    state = OneField(_l("进展"), labelled(Progress), required=_l("请选择进展"))
    note = TextBlock(_l("备注"), max_length=1000, description=_l("单位看得到"))
