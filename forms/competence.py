"""Who is to deal with the dispute."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.disputes import Authority, Competence
from forms.base import TaskForm
from forms.choices import OneField, labelled
from forms.fields import TextBlock
from forms.registry import task_form


@task_form("confirm_competence")
class ConfirmCompetence(TaskForm):
    """Keep the request, send it to the competent authority, or say that it cannot be mediated."""

    intro = _l("按权利类型和纠纷类型，这一请求可能不由本局处理。请核定由谁处理。")
    law = _l("依据：《广东省知识产权保护条例》第四条。")
    patent_law = _l("依据：《广东省知识产权保护条例》第四条；《专利纠纷行政裁决和调解办法》第六十三条。")
    submit_label = _l("提交核定结论")
    branch = ("competence",)

    competence = OneField(_l("核定结论"), labelled(Competence), required=_l("请选择核定结论"))
    authority = OneField(
        _l("转送机关"), labelled(Authority), when="competence=transfer", required=_l("请选择转送的机关")
    )
    reason = TextBlock(
        _l("理由"),
        max_length=2000,
        required=_l("请写明理由，请求人会在通知书上看到"),
        description=_l("转送或者不予受理的，请一并写明请求人还可以怎样维权"),
    )
