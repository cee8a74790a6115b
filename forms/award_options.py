"""What the programme leaves open about awards, one question a field, named by its key with ``_`` for the dot."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain.awards.options import OPTIONS, Option
from forms.base import TaskForm
from forms.choices import PickField
from forms.parsed import WholeField
from forms.registry import task_form


def _field(option: Option) -> Any:
    asked, reason = _l(option.asked), _l(option.reason)
    if isinstance(option.answers, tuple):
        least, most = option.answers
        return WholeField(asked, least=least, most=most, required=_l("请填写"), description=reason)
    choices = [SelectChoice(one.value, _l(one.label)) for one in option.answers]
    return PickField(asked, choices, required=_l("请选择"), description=reason)


@task_form("desk:award_options")
class AwardOptions(TaskForm):
    """How the office settles each question."""

    title = _l("政策口径")
    intro = _l("方案没有写明的问题，由本局在这里确定；每一项写明默认做法和理由，修改只影响以后的审核。")
    submit_label = _l("保存")


for _key, _option in OPTIONS.items():
    setattr(AwardOptions, _key.replace(".", "_"), _field(_option))
