"""Beside the main line of an application: withdrawing it, and asking that a reviewer step aside."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.disputes import RecusalGround
from forms.base import TaskForm
from forms.choices import OneField, PickField, from_fact, labelled, worded
from forms.fields import FilesField, TextBlock
from forms.registry import task_form


@task_form("act:withdraw_application")
class WithdrawApplication(TaskForm):
    """Withdraw the application."""

    title = _l("撤回申报")
    intro = _l("撤回后本件结束；仍在申报期间的，可以重新申报。批准以后不能撤回。")
    submit_label = _l("撤回申报")

    reason = TextBlock(_l("撤回的理由"), max_length=2000, required=_l("请写明撤回的理由"))
    files = FilesField(_l("附件"))


@task_form("act:recuse_reviewer")
class RecuseReviewer(TaskForm):
    """Ask that a reviewer or expert step aside."""

    title = _l("申请审核人员回避")
    intro = _l("决定作出前，该人员暂停参与；回避成立的，另行抽取。")
    submit_label = _l("提交回避申请")
    needs = ("award_seats",)

    seat = PickField(_l("申请谁回避"), from_fact("award_seats"), ids=True, required=_l("请选择申请谁回避"))
    ground = OneField(_l("回避事由"), labelled(RecusalGround), required=_l("请选择回避事由"))
    reason = TextBlock(_l("具体情况"), max_length=2000, required=_l("请写明具体情况"))
    files = FilesField(_l("证明材料"))


@task_form("decide_reviewer_recusal")
class DecideReviewerRecusal(TaskForm):
    """Decide whether the person has to step aside."""

    intro = _l("回避成立的，系统从没有利害关系的人员中另行抽取。")
    submit_label = _l("提交决定")
    needs = ("recusal",)

    decision = OneField(_l("决定"), worded(upheld=_l("回避成立"), rejected=_l("回避不成立")), required=_l("请选择决定"))
    reason = TextBlock(_l("理由"), max_length=2000, required=_l("请写明理由"))
