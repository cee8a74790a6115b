"""The plan of visits of a year: which members, by whom, by which day."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.choices import PickField, SomeField, from_fact
from forms.parsed import IsoDateField
from forms.registry import task_form


@task_form("desk:visit_plan")
class VisitPlanLines(TaskForm):
    """Put members into the plan of a year."""

    title = _l("列入回访计划")
    intro = _l("选择单位和最迟回访日。不另行指定回访人的，由各单位的直联专员回访；还没有直联专员的单位，请先指派。")
    submit_label = _l("列入计划")

    members = SomeField(_l("名录单位"), from_fact("visit_members"), ids=True, required=_l("请选择单位"))
    by_day = IsoDateField(
        _l("最迟回访日"),
        tense="future",
        required=_l("请填写最迟在哪一日以前回访"),
        description=_l("应当在这一年度之内"),
    )
    visitor = PickField(_l("回访人"), from_fact("visitors"), ids=True, description=_l("不选的，由各单位的直联专员回访"))


@task_form("desk:visit_line")
class VisitPlanLine(TaskForm):
    """Change who visits a member, or by which day."""

    title = _l("修改回访计划")
    submit_label = _l("保存")

    visitor = PickField(_l("回访人"), from_fact("visitors"), ids=True, required=_l("请选择回访人"))
    by_day = IsoDateField(_l("最迟回访日"), tense="future", required=_l("请填写最迟在哪一日以前回访"))

    def prefill(self) -> dict[str, Any]:
        """Begin with what the plan says."""
        return dict(self.known.get("planned") or {})
