"""What is asked of an official who links two cases."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.disputes import LinkNature
from forms.base import TaskForm
from forms.choices import OneField, labelled
from forms.fields import TextBlock, TextField
from forms.text import Said


class LinkCase(TaskForm):
    """Which case belongs to this one, and why."""

    title: Said = _l("关联案件")
    submit_label: Said = _l("关联")

    number = TextField(
        _l("另一件案件的案号"),
        max_length=40,
        required=_l("请填写案号"),
        description=_l("只能关联您有权查看的案件；不能查看该案的人，看不到这一关联"),
    )
    nature = OneField(_l("关联的性质"), labelled(LinkNature), required=_l("请选择关联的性质"))
    reason = TextBlock(_l("理由"), max_length=500, required=_l("请写明理由"))
