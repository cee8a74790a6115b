"""Small forms at the desk: not steps of a case, but asked and checked in the same way."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.choices import PickField, from_fact
from forms.fields import TextBlock, TextField, TickField
from forms.registry import task_form


@task_form("desk:release")
class Release(TaskForm):
    """Put a task back into its queue."""

    title = _l("放回队列")
    submit_label = _l("放回队列")

    reason = TextBlock(_l("放回的理由"), max_length=500, required=_l("请写明放回的理由"))


@task_form("desk:hand_over")
class HandOver(TaskForm):
    """Give a task to a colleague."""

    title = _l("移交任务")
    submit_label = _l("移交")
    needs = ("colleagues",)

    to = PickField(_l("移交给"), from_fact("colleagues"), ids=True, required=_l("请选择接手的同事"))
    reason = TextBlock(_l("移交的理由"), max_length=500, required=_l("请写明移交的理由"))


@task_form("desk:urge")
class Urge(TaskForm):
    """Remind whoever holds a task."""

    title = _l("催办")
    submit_label = _l("催办")

    text = TextBlock(_l("催办内容"), max_length=500, required=_l("请写明催办的内容"))


@task_form("desk:note")
class NoteForm(TaskForm):
    """Leave a note that only the office sees."""

    title = _l("添加备注")
    submit_label = _l("添加")

    text = TextBlock(_l("备注"), max_length=2000, required=_l("请填写备注"), description=_l("只有办案人员可以看到"))


@task_form("desk:reveal")
class Reveal(TaskForm):
    """Show a protected value in full."""

    title = _l("查看完整信息")
    intro = _l("查看会记入案件的历史记录。")
    law = _l("依据：《中华人民共和国个人信息保护法》第六条、第三十四条。")
    submit_label = _l("查看")

    reason = TextBlock(_l("查看的理由"), max_length=500, required=_l("请写明为什么需要查看"))


@task_form("desk:save_view")
class SaveView(TaskForm):
    """Keep the filters of the inbox under a name."""

    title = _l("保存视图")
    submit_label = _l("保存")

    name = TextField(_l("视图名称"), max_length=60, required=_l("请填写视图名称"))
    with_columns = TickField(_l("连同现在显示的列"))
    shared = TickField(_l("本单位的人都可以使用"))
