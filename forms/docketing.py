"""Docketing with the appointment of a mediator, or its refusal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.choices import OneField, from_fact
from forms.fields import TextBlock
from forms.registry import task_form


class Appointment(TaskForm):
    """Choose a mediator among those who have no conflict."""

    needs = ("mediators",)

    mediator = OneField(
        _l("调解员"),
        from_fact("mediators"),
        ids=True,
        required=_l("请指定调解员"),
        description=_l("只列出与本案没有利害关系的调解员"),
    )
    over_capacity = TextBlock(
        _l("超出承办数量的理由"), max_length=1000, description=_l("所选调解员已经不能再承办的，写明仍然指定的理由")
    )
    note = TextBlock(_l("备注"), max_length=1000, description=_l("列在本案的备注中，只有办案人员可以看到"))


@task_form("docket")
class Docket(Appointment):
    """Docket the mediation and appoint the mediator."""

    intro = _l("被请求人同意调解，请立案并指定调解员；各方会收到立案通知书和调解员告知书。")
    mediates = True
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第五条、第六十六条——收到同意调解的意见陈述书之日起 5 个工作日内立案，并通知调解的时间、地点。"
    )
    law_of_2015 = _l(
        "依据：《专利行政执法办法》第七条、第二十四条——收到同意调解的意见陈述书之日起 5 个工作日内立案，并通知调解的时间、地点。"
    )
    submit_label = _l("决定立案")


@task_form("reappoint")
class Reappoint(Appointment):
    """Appoint another mediator in place of the one who stepped aside."""

    intro = _l("原调解员已经回避，请另行指定。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条。")
    submit_label = _l("指定调解员")


@task_form("refuse_docketing")
class RefuseDocketing(TaskForm):
    """Tell the requester that the mediation is not docketed."""

    intro = _l("没有被请求人同意调解，请通知请求人不予立案。理由会按答复情况写入通知书。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第六十六条——5 个工作日内通知请求人。")
    law_of_2015 = _l("依据：《专利行政执法办法》第二十四条。")
    submit_label = _l("通知不予立案")

    explanation = TextBlock(_l("补充说明"), max_length=2000, description=_l("例如请求人还可以怎样维权"))
