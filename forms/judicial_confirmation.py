"""Joint judicial confirmation of the agreement, and what the court decided."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.mediation import CourtResult
from forms.base import TaskForm
from forms.choices import OneField, YesNoField, labelled
from forms.fields import FilesField, SignedFilesField, TextField
from forms.parsed import IsoDateField
from forms.registry import task_form
from forms.text import written_out


@task_form("joint_application")
class JointApplication(TaskForm):
    """Say for one party whether it applies to the court."""

    intro = _l(
        "各方可以自协议生效之日起 30 日内共同向人民法院申请确认协议的效力；任何一方不申请的，其他各方也不能再申请。"
        "各方都申请后，本案“文书与材料”中有申请书和主持调解证明；由当事人签章后，连同申请书所列材料自行提交法院，本局不代为提交。"
    )
    law = _l("依据：《中华人民共和国民事诉讼法》第二百零五条。知识产权确权的内容，人民法院不予受理。")
    submit_label = _l("提交")
    needs = ("on_paper",)
    final = True
    branch = ("applies",)

    applies = YesNoField(_l("是否申请司法确认"), yes=_l("申请"), no=_l("不申请"), required=_l("请选择是否申请司法确认"))
    files = SignedFilesField(_l("附件"), description=_l("身份证明、送达地址确认书等"))


@task_form("record_confirmation")
class RecordConfirmation(TaskForm):
    """Note when the parties filed with the court, and what it decided."""

    intro = _l("当事人向法院提交申请后，请登记提交的日期；法院受理、作出裁定后，再登记处理结果。")
    law = _l(
        "依据：《中华人民共和国民事诉讼法》第二百零六条；《最高人民法院关于人民调解协议司法确认程序的若干规定》"
        "第四条、第五条——法院收到申请后 3 日内决定是否受理，受理后 15 日内作出决定，可以延长 10 日。"
    )
    submit_label = _l("登记")
    needs = ("today", "agreement_effective_on", "confirmation_applied_on")
    branch = ("result",)

    result = OneField(
        _l("处理结果"),
        labelled(CourtResult),
        required=_l("请选择处理结果"),
    )
    court_number = TextField(
        _l("法院案号"),
        max_length=80,
        required=_l("请填写裁定书上的案号"),
        required_when="result=confirmed|dismissed",
        description=_l("例如（2026）粤0604诉前调确1号"),
    )
    on = IsoDateField(
        _l("提交、受理、裁定或者撤回的日期"),
        tense="past",
        required=_l("请填写当事人提交、法院受理、作出裁定或者当事人撤回的日期"),
    )
    files = FilesField(_l("法院文书"))

    def check_together(self) -> None:
        """Nobody applies before the agreement binds, and the court can do nothing before it was asked."""
        effective = self.known.get("agreement_effective_on")
        if effective and self.on.data and self.on.data < effective:
            self.refuse("on", _l("不能早于调解协议生效的日期 %(day)s", day=written_out(effective)))
        applied = self.known.get("confirmation_applied_on")
        if applied and self.on.data and self.on.data < applied:
            self.refuse("on", _l("不能早于申请司法确认的日期 %(day)s", day=written_out(applied)))
