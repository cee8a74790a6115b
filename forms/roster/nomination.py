"""Nominating oneself for the roster, the formality check and its correction, and how evaluators score."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import scoring, statute
from app.domain.periods import Regime
from app.domain.roster.members import Industry
from app.domain.roster.nominations import RefusalGround
from forms.base import Entry, TaskForm
from forms.choices import OneField, PickField, SomeField, TopicField, from_fact, labelled, worded
from forms.fields import FilesField, LinesField, SignedFilesField, TextBlock, TickField
from forms.parsed import MoneyField, WholeField
from forms.registry import task_form
from forms.rows import RowsField

MOST_RIGHTS = 1_000_000
_CORRECTION = statute.rule("roster.correction").term(Regime.ORDER81)


class Figures(TaskForm):
    """What a unit states of itself in numbers."""

    inventions = WholeField(_l("有效发明专利（件）"), least=0, most=MOST_RIGHTS, required=_l("请填写件数，没有的填 0"))
    other_patents = WholeField(
        _l("有效实用新型和外观设计（件）"), least=0, most=MOST_RIGHTS, required=_l("请填写件数，没有的填 0")
    )
    trademarks = WholeField(_l("注册商标（件）"), least=0, most=MOST_RIGHTS, required=_l("请填写件数，没有的填 0"))
    standards = WholeField(_l("参与制定的标准（项）"), least=0, most=MOST_RIGHTS, required=_l("请填写项数，没有的填 0"))
    staff = WholeField(_l("知识产权管理人员（人）"), least=0, most=MOST_RIGHTS, required=_l("请填写人数，没有的填 0"))
    revenue = MoneyField(_l("上一年度营业收入（元）"), required=_l("请填写上一年度的营业收入"))


FIGURES = ("inventions", "other_patents", "trademarks", "standards", "staff", "revenue")


@task_form("roster_intake")
class RosterIntake(Figures):
    """Nominate oneself for the roster."""

    title = _l("培优名录自荐")
    intro = _l("由单位自己提出。形式审查以后，由抽取的三名第三方评审人员独立评分；入围名单公示，没有异议的列入名录。")
    law = _l("依据：佛山市知识产权培优工程实施方案第一部分。")
    submit_label = _l("提交自荐")
    sections = (
        (_l("单位"), ("batch", "organization", "district", "industry")),
        (_l("基本情况"), FIGURES),
        (_l("说明和材料"), ("achievements", "plan", "files")),
        (_l("声明"), ("truth",)),
    )
    first = ("batch", "organization", "district", "industry", *FIGURES, "achievements", "plan", "files")

    batch = PickField(_l("批次"), from_fact("batches"), ids=True, required=_l("请选择批次"))
    organization = PickField(_l("单位"), from_fact("organizations"), ids=True, required=_l("请选择您所代表的单位"))
    district = PickField(_l("所属区局"), from_fact("districts"), ids=True, required=_l("请选择登记注册地的区局"))
    industry = PickField(_l("所属行业"), labelled(Industry), required=_l("请选择所属行业"))
    achievements = TextBlock(
        _l("知识产权工作的成效"),
        min_length=10,
        max_length=4000,
        required=_l("请写明创造、运用、保护、管理方面的成效"),
        description=_l("评审人员对照入库标准的各项指标评分"),
    )
    plan = TextBlock(_l("今后的计划"), min_length=10, max_length=4000, required=_l("请写明入选以后的计划和需要的服务"))
    files = FilesField(_l("证明材料"), required=_l("请上传证明材料"))
    truth = TickField(_l("以上内容和材料真实"), required=_l("请确认并勾选；填报不实的，不予受理或者调出名录"))

    def prefill(self) -> dict[str, Any]:
        """Who acts for one organisation alone nominates it; where one batch is open it is that one."""
        own, batches = self.known.get("organizations") or [], self.known.get("batches") or []
        data: dict[str, Any] = {"batch": batches[0][0]} if len(batches) == 1 else {}
        if len(own) == 1:
            data |= {"organization": own[0][0], "district": (self.known.get("own_districts") or {}).get(own[0][0])}
        return data


def _conclusions(form: Any, _field: Any) -> list[SelectChoice]:
    """Correction is asked for once and completely; after that it is accepted or refused."""
    choices = worded(accept=_l("受理，抽取评审人员"), correct=_l("需要补正（一次性告知）"), refuse=_l("不予受理"))
    return [c for c in choices if c.value != "correct" or not form.known.get("corrected")]


@task_form("nomination_formality")
class NominationFormality(TaskForm):
    """Accept the nomination, ask once and completely for what is missing, or refuse it."""

    intro = _l("请核对主体、行业、填报的数字和材料。受理后立即抽取评审人员。")
    submit_label = _l("提交审查结论")
    needs = ("corrected",)
    branch = ("check",)
    rules = (_l("理由包括“其他”的，应当写明说明。"),)

    check = OneField(_l("审查结论"), _conclusions, required=_l("请选择审查结论"))
    items = LinesField(
        _l("补正清单"),
        when="check=correct",
        required=_l("请写明每一项缺什么、怎样补，一行一项"),
        description=_l("通知书会按行编号，并写明期限与逾期后果。"),
    )
    days = WholeField(
        _l("补正期限（工作日）"),
        least=_CORRECTION.least or 1,
        most=_CORRECTION.most or 30,
        default=statute.length("roster.correction"),
        when="check=correct",
        required=_l("请填写补正期限"),
    )
    grounds = SomeField(
        _l("不予受理的理由"),
        [SelectChoice(g.value, _l(g.label)) for g in RefusalGround if g is not RefusalGround.UNCORRECTED],
        when="check=refuse",
        required=_l("请勾选不予受理的理由"),
    )
    explanation = TextBlock(
        _l("说明"), max_length=2000, when="check=refuse", description=_l("写明具体情况，单位会在通知书上看到")
    )

    def check_together(self) -> None:
        """The ground "other" needs words."""
        if self.holds(f"grounds={RefusalGround.OTHER}") and self.explanation.blank:
            self.refuse("explanation", _l("选择“其他”的，请写明不予受理的具体理由"))


@task_form("correct_nomination")
class CorrectNomination(TaskForm):
    """Hand in what the correction notice asks for."""

    intro = _l("请按补正通知书补交材料；数字写错的，在说明里写明正确的数字并附证明。")
    submit_label = _l("提交补正")
    needs = ("on_paper",)
    rules = (_l("至少写明补正了什么，或者上传文件。"),)

    explanation = TextBlock(_l("补正的说明"), max_length=2000, weighed=True)
    files = SignedFilesField(_l("补正的材料"), weighed=True)

    def check_together(self) -> None:
        """Something has to be said or handed in."""
        if self.explanation.blank and self.files.blank:
            self.refuse("explanation", _l("请写明补正了什么，或者上传补正的文件"))


class IndicatorEntry(Entry):
    """The points for one indicator."""

    first = silent = ("indicator",)

    indicator = TopicField(_l("指标"), from_fact("indicators"), required=_l("请指明是哪一项指标"))
    points = WholeField(_l("评分（0 至 100）"), least=0, most=scoring.MOST, required=_l("请填写 0 至 100 的整数"))


@task_form("evaluate")
class Evaluate(TaskForm):
    """Score a nomination by the criteria of its batch, without knowing how the others do."""

    intro = _l("请对照入库标准独立评分，不与其他评审人员商量；其他人的评分不公开给您。有利害关系的，请回避，不要评分。")
    submit_label = _l("提交评分")
    final = True
    needs = ("indicators",)

    points = RowsField(IndicatorEntry, _l("评分表"), most=20, fixed=True, required=_l("请对每一项评分"))
    text = TextBlock(_l("评审意见"), min_length=5, max_length=2000, required=_l("请写明评审意见"))
    free = TickField(
        _l("本人与该单位没有任职、投资、合作、亲属等利害关系"), required=_l("有利害关系的不能评分，请回避")
    )

    def prefill(self) -> dict[str, Any]:
        """Return a row for each indicator."""
        return {"points": [{"indicator": key} for key, _ in self.known.get("indicators") or []]}

    def check_together(self) -> None:
        """Every indicator is scored, once."""
        there = [row.form.indicator.data for row in self.points.filled]
        if not self.points.errors and sorted(there) != sorted(key for key, _ in self.known.get("indicators") or []):
            self.refuse("points", _l("请对每一项评分，每项一次"))


@task_form("act:step_aside")
class StepAside(TaskForm):
    """Say that one cannot evaluate this unit; somebody else is drawn."""

    title = _l("回避")
    intro = _l("与该单位有任职、投资、合作、亲属等利害关系的，应当回避；系统立即另行抽取评审人员。")
    submit_label = _l("确认回避")
    final = True

    reason = TextBlock(_l("理由"), min_length=2, max_length=500, required=_l("请写明是什么利害关系"))


@task_form("act:withdraw_nomination")
class WithdrawNomination(TaskForm):
    """Withdraw a nomination."""

    title = _l("撤回自荐")
    intro = _l("确定名录以前可以撤回；撤回以后，本批次内可以重新提出，直到申报截止。")
    submit_label = _l("撤回")
    final = True
    needs = ("on_paper",)

    reason = TextBlock(_l("撤回的理由"), min_length=2, max_length=1000, required=_l("请写明撤回的理由"))
    files = SignedFilesField(_l("撤回申请"))
