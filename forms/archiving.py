"""Archiving a closed case."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain.archives import Retention
from forms.base import TaskForm
from forms.choices import PickField
from forms.fields import TextBlock, TextField
from forms.registry import task_form

PERIODS = {Retention.PERMANENT: _l("永久"), Retention.THIRTY: _l("30 年"), Retention.TEN: _l("10 年")}


def _periods(_form: Any, _field: Any) -> list[SelectChoice]:
    return [SelectChoice(period.value, words) for period, words in PERIODS.items()]


@task_form("act:file_case")
class ArchiveCase(TaskForm):
    """Put the file of a closed case in order."""

    title = _l("立卷归档")
    intro = _l(
        "将按办理顺序编制正卷和副卷的封面、目录和备考表，计算页码，并制成电子档案；立卷后不再改动。"
        "立卷以后又有材料的，再立卷一次，后来的材料单独成卷，与原案卷一同保管，不另选保管期限。"
    )
    submit_label = _l("立卷")

    needs = ("first_archiving",)

    retention = PickField(
        _l("保管期限"), _periods, present_if="first_archiving", description=_l("不选的，按办公设置中的年限保管")
    )
    retention_reason = TextField(
        _l("选择保管期限的理由"),
        max_length=200,
        present_if="first_archiving",
        description=_l("选择了保管期限的，须说明理由"),
    )
    note = TextBlock(
        _l("本卷情况说明"),
        max_length=1000,
        weighed=True,
        description=_l("还有文书没有送达的，须写明情况；其他情形可以不填"),
    )
    checked_by = TextField(_l("检查人"), max_length=40)
