"""Archiving a closed case."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.fields import TextBlock, TextField
from forms.registry import task_form


@task_form("act:file_case")
class ArchiveCase(TaskForm):
    """Put the file of a closed case in order."""

    title = _l("立卷归档")
    intro = _l("将按办理顺序编制案卷封面、卷内目录和备考表，并计算页码。")
    submit_label = _l("立卷")

    note = TextBlock(_l("本卷情况说明"), max_length=1000)
    checked_by = TextField(_l("检查人"), max_length=40)
