"""A batch of the roster: what it says; who is there for a member; what bars a unit; a member that leaves."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import identifiers
from app.domain.roster.batches import MOST_PLACES, BatchKind
from app.domain.roster.members import Bar, Exit, Industry
from forms.base import Entry, TaskForm
from forms.choices import OneField, PickField, from_fact, labelled
from forms.fields import IdentifierField, TextBlock, TextField
from forms.parsed import IsoDateField, WholeField
from forms.registry import task_form
from forms.rows import RowsField

DISTRICT, INDUSTRY = "district:", "industry:"


def _of(form: Any, field: Any) -> list[SelectChoice]:
    """Offer the districts, then the industries."""
    districts = [SelectChoice(f"{DISTRICT}{one.value}", one.label) for one in from_fact("districts")(form, field)]
    return districts + [SelectChoice(f"{INDUSTRY}{one.value}", one.label) for one in labelled(Industry)]


class ShareEntry(Entry):
    """How many places a district or an industry has."""

    of = PickField(_l("区或者行业"), _of, required=_l("请选择区或者行业"))
    least = WholeField(_l("保底名额"), least=0, most=MOST_PLACES, description=_l("没有的不填"))
    most = WholeField(_l("最多"), least=0, most=MOST_PLACES, description=_l("不限的不填"))


@task_form("desk:roster_batch")
class RosterBatch(TaskForm):
    """What a batch of the roster says."""

    title = _l("名录批次")
    intro = _l(
        "一人起草，另一人发布，发布后不能修改。年度评选由单位自荐；年度复核发布后，名录内的每家单位都收到自评的任务。"
    )
    submit_label = _l("保存")
    needs = ("districts",)
    rules = (_l("截止日期不早于开始日期，也不早于今天；同一区或者行业只填一行。"),)

    kind = OneField(_l("种类"), labelled(BatchKind), required=_l("请选择种类"), default=BatchKind.INTAKE.value)
    heading = TextField(
        _l("名称"), max_length=120, required=_l("请填写名称"), description=_l("例如：2026 年度培优名录")
    )
    opens_on = IsoDateField(_l("开始日期"), required=_l("请填写开始日期"))
    closes_on = IsoDateField(
        _l("截止日期"), required=_l("请填写截止日期"), description=_l("当日 23:59:59 前提交的为按期")
    )
    places = WholeField(
        _l("名额"),
        least=1,
        most=MOST_PLACES,
        when=f"kind={BatchKind.INTAKE}",
        required=_l("请填写名额"),
    )
    shares = RowsField(
        ShareEntry,
        _l("区和行业的名额"),
        most=30,
        description=_l("保底名额先给该区、该行业中达到入围线的最好的单位；不限的不填"),
    )
    notes = TextBlock(_l("说明"), max_length=2000)

    def check_together(self) -> None:
        """The window has a beginning and an end, and each district or industry has one line."""
        if self.opens_on.data and self.closes_on.data and self.closes_on.data < self.opens_on.data:
            self.refuse("closes_on", _l("截止日期早于开始日期"))
        named = [row.form.of.data for row in self.shares.filled]
        if len(set(named)) < len(named):
            self.refuse("shares", _l("同一区或者行业只填一行"))


@task_form("desk:roster_liaison")
class RosterLiaison(TaskForm):
    """Who is there for a member from now on."""

    title = _l("指定直联专员")
    submit_label = _l("指定")
    needs = ("liaisons",)

    liaison = PickField(_l("直联专员"), from_fact("liaisons"), ids=True, required=_l("请选择直联专员"))


@task_form("desk:roster_departure")
class RosterDeparture(TaskForm):
    """A member that leaves without a review."""

    title = _l("调出名录")
    intro = _l("只限单位申请退出和主体不存在的；其他理由应当经过复核和公示。立即生效，形成新的名录版本。")
    submit_label = _l("调出")

    exit = OneField(_l("理由"), labelled((Exit.ITS_OWN_WISH, Exit.GONE)), required=_l("请选择理由"))
    note = TextBlock(_l("依据"), min_length=2, max_length=500, required=_l("请写明依据，例如单位来函的日期"))


@task_form("desk:roster_bar")
class RosterBar(TaskForm):
    """What bars a unit from the roster."""

    title = _l("登记应当关注的情形")
    intro = _l("名录内的单位出现这些情形的，系统自动开始复核；名录外的，在期间内不能自荐。")
    submit_label = _l("登记")
    needs = ("today",)

    uscc = IdentifierField(_l("统一社会信用代码"), reader=identifiers.uscc, required=_l("请填写统一社会信用代码"))
    kind = OneField(_l("情形"), labelled(Bar), required=_l("请选择情形"))
    first_day = IsoDateField(_l("起始日期"), tense="past", required=_l("请填写起始日期"))
    last_day = IsoDateField(_l("截止日期"), description=_l("没有期限的不填"))
    source = TextField(_l("来源"), max_length=300, required=_l("请写明从哪里得知，例如公告的名称和日期"))
