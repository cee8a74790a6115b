"""Requests of members for help: what is asked for, to whom it goes, the answer, the rating, and what happens beside."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain.roster.assistance import Need, Referral
from forms.base import TaskForm
from forms.choices import OneField, PickField, YesNoField, from_fact, labelled, worded
from forms.fields import FilesField, TextBlock, TextField
from forms.registry import task_form

_STARS = [
    SelectChoice("5", _l("5 分，非常满意")),
    SelectChoice("4", _l("4 分，满意")),
    SelectChoice("3", _l("3 分，一般")),
    SelectChoice("2", _l("2 分，不满意")),
    SelectChoice("1", _l("1 分，非常不满意")),
]


@task_form("assistance")
class Assistance(TaskForm):
    """Ask for help."""

    title = _l("登记诉求")
    intro = _l("培优名录单位遇到的困难和问题在这里登记；本局派专人办理，办结后请您评价。")
    law = _l("依据：佛山市知识产权培优工程实施方案关于直联制度的规定。")
    submit_label = _l("提交诉求")
    first = ("organization",)

    organization = PickField(
        _l("提出诉求的单位"), from_fact("asking_units"), ids=True, required=_l("请选择提出诉求的单位")
    )
    need = OneField(_l("诉求类别"), labelled(Need), required=_l("请选择诉求类别"))
    wanted = TextBlock(
        _l("困难和诉求"),
        min_length=10,
        max_length=4000,
        required=_l("请写明遇到的困难和希望得到的帮助"),
        description=_l("遇到了什么困难，已经做过什么，希望得到什么帮助"),
    )
    files = FilesField(_l("附件"), most=20)

    def prefill(self) -> dict[str, int]:
        """Who acts for one unit alone asks for it."""
        known = self.known.get("asking_units") or []
        return {"organization": known[0][0]} if len(known) == 1 else {}


@task_form("assign_assistance")
class AssignAssistance(TaskForm):
    """Give the request to a liaison, or refer it."""

    intro = _l("派给直联专员的，由其办理并答复；转请区局或者联席会议成员单位办理的，由您跟进并录入答复。")
    submit_label = _l("派单")
    needs = ("liaisons", "own_liaison")
    branch = ("assignment",)

    assignment = OneField(
        _l("由谁办理"),
        worded(liaison=_l("派给直联专员"), refer=_l("转请其他单位办理")),
        required=_l("请选择由谁办理"),
    )
    liaison = PickField(
        _l("直联专员"),
        from_fact("liaisons"),
        ids=True,
        when="assignment=liaison",
        required=_l("请选择直联专员"),
        description=_l("默认是联络这家单位的直联专员"),
    )
    referral = OneField(
        _l("转给哪一类单位"), labelled(Referral), when="assignment=refer", required=_l("请选择转给哪一类单位")
    )
    referred_to = TextField(
        _l("转请办理的单位"), when="assignment=refer", required=_l("请写明转请哪个单位办理"), max_length=200
    )

    def prefill(self) -> dict[str, int | None]:
        """The liaison of the unit is who takes it, as a rule."""
        return {"liaison": self.known.get("own_liaison")}


@task_form("handle_assistance")
class HandleAssistance(TaskForm):
    """Answer the member, or hand the request back."""

    intro = _l("答复会原样告知单位；不属于您办理的，写明理由退回改派。")
    submit_label = _l("提交办理结果")
    branch = ("handling",)

    handling = OneField(
        _l("办理结果"),
        worded(answer=_l("答复单位"), hand_back=_l("退回改派")),
        required=_l("请选择办理结果"),
    )
    answer = TextBlock(
        _l("答复"),
        min_length=5,
        max_length=4000,
        when="handling=answer",
        required=_l("请写明办理的情况和答复"),
    )
    files = FilesField(_l("答复的附件"), most=20, when="handling=answer")
    reason = TextBlock(
        _l("退回的理由"),
        max_length=1000,
        when="handling=hand_back",
        required=_l("请写明退回的理由"),
        description=_l("只有本局人员看到"),
    )


@task_form("rate_assistance")
class RateAssistance(TaskForm):
    """Rate the answer."""

    intro = _l("请评价这次办理。认为没有解决的，可以请承办人再办一次；逾期未评价的，工单办结。")
    submit_label = _l("提交评价")
    needs = ("reopened",)
    rules = (_l("认为没有解决的，应当写明还有什么没有解决。"),)

    solved = YesNoField(_l("诉求解决了吗"), yes=_l("已经解决"), no=_l("没有解决"), required=_l("请选择诉求是否解决"))
    rating = OneField(_l("评分"), _STARS, ids=True, required=_l("请选择评分"))
    remark = TextBlock(_l("意见"), max_length=2000)

    def check_together(self) -> None:
        """What is not solved has to be said."""
        if self.holds("solved=no") and self.remark.blank:
            self.refuse("remark", _l("请写明还有什么没有解决"))


@task_form("act:withdraw_assistance")
class WithdrawAssistance(TaskForm):
    """Withdraw the request."""

    title = _l("撤回诉求")
    intro = _l("撤回后工单结束；需要时可以另行登记。")
    submit_label = _l("撤回诉求")

    reason = TextBlock(_l("撤回的理由"), max_length=1000)


@task_form("act:extend_assistance")
class ExtendAssistance(TaskForm):
    """Give more time."""

    title = _l("延长办理期限")
    intro = _l("办理期限可以延长一次，延长 10 个工作日；理由告知单位。")
    submit_label = _l("延长")

    reason = TextBlock(_l("延长的理由"), max_length=1000, required=_l("请写明延长的理由"))


@task_form("act:reassign_assistance")
class ReassignAssistance(TaskForm):
    """Let another liaison have it."""

    title = _l("改派直联专员")
    intro = _l("改派后由新的承办人办理，办理期限继续计算。")
    submit_label = _l("改派")
    needs = ("liaisons",)

    liaison = PickField(_l("直联专员"), from_fact("liaisons"), ids=True, required=_l("请选择直联专员"))
    reason = TextBlock(_l("改派的理由"), max_length=1000, required=_l("请写明改派的理由"))
