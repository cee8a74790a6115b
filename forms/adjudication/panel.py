"""The panel: who is asked to step aside, what is decided, who comes instead (order 81, art. 5)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.disputes import RecusalGround
from forms.base import Entry, TaskForm
from forms.choices import OneField, PickField, SomeField, TopicField, from_fact, worded
from forms.fields import FilesField, TextBlock, TextField
from forms.parsed import IsoDateField
from forms.recusal import grounds
from forms.registry import task_form
from forms.rows import RowsField


@task_form("act:recuse_member")
class RecuseMember(TaskForm):
    """Ask that members of the panel, or those who help it, step aside."""

    title = _l("申请回避")
    intro = _l("决定作出前，被申请回避的人暂停参与本案，采取紧急措施的除外。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条。")
    submit_label = _l("提交回避申请")
    needs = ("today", "panel_members", "sits_on_the_panel", "assistants", "recusing")

    party = PickField(
        _l("提出申请的当事人"),
        from_fact("recusing"),
        ids=True,
        present_if="recusing",
        required=_l("请选择提出申请的当事人"),
    )
    members = SomeField(_l("申请回避的合议组成员"), from_fact("panel_members"), ids=True)
    assistants = SomeField(_l("申请回避的书记员、鉴定人"), from_fact("assistants"), present_if="assistants")
    other_person = TextField(
        _l("申请回避的其他人员"),
        max_length=120,
        present_if="assistants",
        description=_l("翻译人员、技术调查官等，写明姓名和身份"),
    )
    ground = OneField(_l("回避事由"), grounds("sits_on_the_panel"), required=_l("请选择回避事由"))
    known_on = IsoDateField(
        _l("知道回避事由的日期"),
        tense="past",
        description=_l("自知道办案人员名单之日起 3 个工作日内提出；之后才知道事由的，请填写知道的日期"),
    )
    reason = TextBlock(_l("具体情况"), max_length=2000, required=_l("请写明具体情况，以便核实"))
    files = FilesField(
        _l("证明材料"),
        required=_l("请上传当事人的回避申请书或者口头申请的笔录"),
        required_when="party",
    )

    def check_together(self) -> None:
        """Somebody is meant; who steps aside of their own accord does so for themselves."""
        meant = [name for name in ("members", "assistants", "other_person") if name in self and self[name].data]
        if not meant:
            self.refuse("members", _l("请勾选或者写明申请回避的人"))
        if self.holds(f"ground={RecusalGround.OWN_REQUEST}") and len(self.members.data) > 1:
            self.refuse("members", _l("本人申请回避的，只能勾选本人"))


class RecusalEntry(Entry):
    """What is decided of one member who was asked to step aside."""

    first = silent = ("recusal",)

    recusal = TopicField(_l("被申请回避的人"), from_fact("recusals"), ids=True, required=_l("请指明是哪一人"))
    decision = OneField(
        _l("决定"),
        worded(upheld=_l("申请成立，更换人员"), rejected=_l("申请不成立，继续办理")),
        required=_l("请选择决定"),
    )
    reason = TextBlock(_l("理由"), max_length=2000, required=_l("请写明决定的理由"))


@task_form("decide_panel_recusal")
class DecidePanelRecusal(TaskForm):
    """Decide on each member who was asked to step aside."""

    intro = _l("请逐人核实申请的事由并作出决定；各方会收到决定书。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条。")
    submit_label = _l("作出决定")
    needs = ("recusals",)

    decisions = RowsField(RecusalEntry, _l("回避决定"), most=20, fixed=True, required=_l("请逐人作出决定"))

    def prefill(self) -> dict[str, Any]:
        """Return a row for each member whose recusal is pending."""
        return {"decisions": [{"recusal": n} for n in dict(self.known.get("recusals") or {})]}

    def check_together(self) -> None:
        """Everybody who was asked to step aside is decided on."""
        decided = {row.form.recusal.data for row in self.decisions.entries}
        if set(dict(self.known.get("recusals") or {})) - decided:
            self.refuse("decisions", _l("请对每一名被申请回避的人作出决定"))


class SeatEntry(Entry):
    """Who takes over the seat of a member."""

    first = silent = ("seat",)

    seat = TopicField(_l("更换的成员"), from_fact("vacant"), ids=True, required=_l("请指明更换谁"))
    member = PickField(_l("接替的成员"), from_fact("adjudicators"), ids=True, required=_l("请选择接替的成员"))


@task_form("replace_member")
class ReplaceMember(TaskForm):
    """Name who comes in the place of those who stepped aside."""

    intro = _l(
        "请为回避的人指定接替的人；组长回避的，接替的人担任组长。合议组、书记员有变动的，各方会收到新的合议组成员告知书。"
    )
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条、第二十条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条。")
    submit_label = _l("更换")
    needs = ("vacant", "adjudicators", "recorders", "recorder_steps_aside", "others_step_aside")

    seats = RowsField(
        SeatEntry, _l("更换的成员"), most=20, fixed=True, present_if="vacant", required=_l("请指定接替的成员")
    )
    recorder = PickField(
        _l("接替的书记员"),
        from_fact("recorders"),
        ids=True,
        present_if="recorder_steps_aside",
        required=_l("请选择接替的书记员"),
    )
    others = TextBlock(
        _l("其他人员怎样更换"),
        max_length=1000,
        present_if="others_step_aside",
        required=_l("请写明怎样更换"),
        description=_l("例如另请的翻译人员的姓名；鉴定人回避的，这次鉴定即告结束，需要的由合议组另行报请"),
    )

    @property
    def names_somebody(self) -> bool:
        """Say whether a seat or the record is to be taken over; others who helped the panel are no officials."""
        return "seats" in self or "recorder" in self

    def prefill(self) -> dict[str, Any]:
        """Return a row for each vacant seat."""
        return {"seats": [{"seat": n} for n in dict(self.known.get("vacant") or {})]}

    def check_together(self) -> None:
        """Every seat is filled, each by somebody else."""
        if "seats" not in self:
            return
        chosen = [row.form.member.data for row in self.seats.entries if row.form.member.data]
        if len(chosen) != len(set(chosen)):
            self.refuse("seats", _l("同一人不能接替两个席位"))
        if set(dict(self.known.get("vacant") or {})) - {row.form.seat.data for row in self.seats.entries}:
            self.refuse("seats", _l("请为每一个空缺的席位指定接替的人"))


@task_form("act:change_panel")
class ChangePanel(TaskForm):
    """Put another official in the place of a member, for a reason other than a recusal."""

    title = _l("调整合议组")
    intro = _l("成员因调离、长期不在岗等原因不能继续办理的，指定接替的人；各方会收到新的合议组成员告知书。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条、第二十条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条、第十三条。")
    submit_label = _l("更换成员")
    needs = ("seats", "adjudicators")

    seat = PickField(_l("更换的成员"), from_fact("seats"), ids=True, required=_l("请选择更换的成员"))
    member = PickField(
        _l("接替的成员"),
        from_fact("adjudicators"),
        ids=True,
        required=_l("请选择接替的成员"),
        description=_l("只列出与本案没有利害关系的办案人员"),
    )
    reason = TextBlock(_l("更换的理由"), max_length=1000, required=_l("请写明更换的理由"))


@task_form("act:change_recorder")
class ChangeRecorder(TaskForm):
    """Put somebody else in the place of who keeps the record, for a reason other than a recusal."""

    title = _l("更换书记员")
    intro = _l("书记员因调离、长期不在岗、本人申请回避等原因不能继续的，指定接替的人；各方会收到新的合议组成员告知书。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条。")
    submit_label = _l("更换")
    needs = ("recorders",)

    recorder = PickField(_l("接替的书记员"), from_fact("recorders"), ids=True, required=_l("请选择接替的书记员"))
    reason = TextBlock(_l("更换的理由"), max_length=1000, required=_l("请写明更换的理由"))
