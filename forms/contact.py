"""The ledger of contacts: an entry, what is right in its place, and that a promise has been kept."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.roster.contacts import ContactKind
from forms.base import TaskForm
from forms.choices import OneField, SomeField, from_fact, labelled
from forms.fields import FilesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField
from forms.registry import task_form


@task_form("desk:contact")
class ContactForm(TaskForm):
    """A contact with one member or several."""

    title = _l("登记联络")
    intro = _l("每次走访、座谈、宣讲和通话都在这里登记；单位只看到勾选共享的摘要。")
    submit_label = _l("登记")
    rules = (_l("写了承诺的，应当填写完成日期。"),)

    kind = OneField(_l("联络方式"), labelled(ContactKind), required=_l("请选择联络方式"))
    held_on = IsoDateField(_l("联络的日期"), tense="past", required=_l("请填写日期"))
    members = SomeField(
        _l("联络的单位"),
        from_fact("roster_members"),
        ids=True,
        required=_l("请选择联络的单位"),
        description=_l("座谈会、宣讲可以选多家"),
    )
    took_part = TextField(
        _l("参加人员"), max_length=500, required=_l("请写明参加人员"), description=_l("双方参加人员的姓名和职务")
    )
    summary = TextField(
        _l("内容摘要"),
        max_length=500,
        required=_l("请写明内容摘要"),
        description=_l("一两句话；共享的，单位看到的就是这一段"),
    )
    minutes = TextBlock(_l("记录"), max_length=8000, required=_l("请写明谈了什么"))
    promised = TextBlock(_l("承诺的事项"), max_length=2000, description=_l("答应单位要办的事；没有的不填"))
    due_on = IsoDateField(_l("承诺的完成日期"), description=_l("没有承诺的不填"))
    done_on = IsoDateField(_l("办结的日期"), tense="past", description=_l("已经办结的填写"))
    shared = TickField(_l("与单位共享摘要"))
    files = FilesField(_l("附件"), most=20)
    reason = TextBlock(_l("更正的理由"), max_length=500, present_if="corrects", required=_l("请写明更正的理由"))

    def check_together(self) -> None:
        """What was promised has a day, and a day has a promise."""
        if self.promised.blank and not (self.due_on.blank and self.done_on.blank):
            self.refuse("promised", _l("请写明承诺了什么"))
        elif not self.promised.blank and self.due_on.blank and not self.due_on.errors:
            self.refuse("due_on", _l("请填写承诺的完成日期"))


@task_form("desk:contact_done")
class ContactDone(TaskForm):
    """That a promise has been kept."""

    title = _l("登记承诺办结")
    submit_label = _l("登记办结")

    done_on = IsoDateField(_l("办结的日期"), tense="past", required=_l("请填写日期"))

    def prefill(self) -> dict[str, object]:
        """Today, as a rule."""
        return {"done_on": self.known.get("today")}
