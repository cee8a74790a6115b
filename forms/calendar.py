"""Days that the office decides otherwise than the published calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from forms.base import TaskForm
from forms.choices import OneField
from forms.fields import LinesField, TextField
from forms.registry import task_form


@task_form("desk:calendar")
class CalendarForm(TaskForm):
    """Set days as working or off, or give them back to the published calendar."""

    title = _l("调整工作日历")
    submit_label = _l("保存并重新计算期限")

    days = LinesField(
        _l("日期"),
        most=366,
        required=_l("请填写日期，一行一个，例如 2027-01-01"),
        description=_l("一行一个日期，例如 2027-01-01"),
    )
    kind = OneField(
        _l("定为"),
        [
            SelectChoice("off", _l("休息日")),
            SelectChoice("working", _l("工作日（调休上班）")),
            SelectChoice("published", _l("恢复为公布的日历")),
        ],
        required=_l("请选择"),
    )
    reason = TextField(_l("依据"), max_length=200, required=_l("请写明依据，例如国务院办公厅通知的文号"))

    def check_together(self) -> None:
        """Every line is a date."""
        for line in self.days.answer():
            if not _is_day(line):
                self.refuse("days", _l("“%(line)s”不是日期，请写成 2027-01-01 的样子", line=line))
                return


def _is_day(text: Any) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
