"""The approval of the docketing: the section head reviews, the head of the department decides and names the panel."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.adjudication import refuse_bad_panel
from app.domain.errors import RuleBroken
from forms.base import Questions, TaskForm
from forms.choices import OneField, PickField, SomeField, from_fact, worded
from forms.fields import TextBlock
from forms.registry import task_form
from forms.text import refused


@task_form("review_docketing")
class ReviewDocketing(TaskForm):
    """Agree with what the clerk proposes, or send it back."""

    intro = _l("请审核承办人的意见；同意的，报部门负责人批准。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十三条。")
    submit_label = _l("提交审核意见")
    branch = ("review",)

    review = OneField(
        _l("审核意见"),
        worded(agree=_l("同意承办人意见"), **{"return": _l("退回承办人")}),
        required=_l("请选择审核意见"),
    )
    opinion = TextBlock(_l("具体意见"), max_length=2000, required=_l("请写明具体意见，列入审批表"))


class PanelFields(Questions):
    """Who sits on the panel, who presides, who keeps the record (order 81, arts. 5 and 20)."""

    members = SomeField(
        _l("合议组成员"),
        from_fact("adjudicators"),
        ids=True,
        when="docketing=docket",
        required=_l("请指定合议组成员，三人以上的单数"),
        description=_l("三人以上的单数；只列出与本案没有利害关系的办案人员"),
    )
    presiding = PickField(
        _l("合议组组长"),
        from_fact("adjudicators"),
        ids=True,
        when="docketing=docket",
        required=_l("请指定合议组组长"),
    )
    recorder = PickField(
        _l("书记员"),
        from_fact("recorders"),
        ids=True,
        when="docketing=docket",
        required=_l("请指定书记员"),
        description=_l("与本案没有利害关系的工作人员，不能是合议组成员"),
    )


@task_form("decide_docketing")
class DecideDocketing(PanelFields, TaskForm):
    """Docket the request and name the panel, refuse it, or send it back."""

    intro = _l("批准立案的，同时指定合议组；请求人、被请求人会收到通知书和合议组成员告知书。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条、第二十条、第二十五条——合议组由三人以上单数组成。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条、第十三条；合议组由三人以上单数组成。")
    submit_label = _l("提交审批意见")
    needs = ("adjudicators", "recorders", "proposed")
    branch = ("docketing",)
    first = ("docketing",)
    rules = (_l("合议组为三人以上的单数，组长是成员之一，书记员不是成员。"),)

    docketing = OneField(
        _l("审批意见"),
        worded(docket=_l("批准立案，指定合议组"), refuse=_l("批准不予受理"), **{"return": _l("退回重新审查")}),
        required=_l("请选择审批意见"),
    )
    opinion = TextBlock(_l("具体意见"), max_length=2000, required=_l("请写明具体意见，列入审批表"))

    def check_together(self) -> None:
        """The panel is odd, of three or more; who refuses refuses for the reasons that were proposed."""
        if self.holds("docketing=docket"):
            try:
                refuse_bad_panel(self.members.data, self.presiding.data)
            except RuleBroken as broken:
                self.refuse(broken.field, refused(broken))
            if self.recorder.data in self.members.data:
                self.refuse("recorder", _l("书记员不能是合议组成员"))
        if self.holds("docketing=refuse") and self.known.get("proposed") == "docket":
            self.refuse("docketing", _l("承办人建议立案，没有提出不予受理的理由；不同意的，请退回重新审查"))
