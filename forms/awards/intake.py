"""The formality check of an application, its correction, what was promised, and the district's recommendation."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import identifiers, statute
from app.domain.awards.applications import MOST_ITEMS, RefusalGround
from app.domain.awards.kinds import Evidence
from app.domain.periods import Regime
from forms.awards.application import ThingEntry
from forms.base import Entry, TaskForm
from forms.choices import OneField, SomeField, TopicField, YesNoField, worded
from forms.fields import FilesField, IdentifierField, LinesField, SignedFilesField, TextBlock, TextField
from forms.parsed import MoneyField, WholeField
from forms.registry import task_form
from forms.rows import RowsField

_CORRECTION = statute.rule("award.correction").term(Regime.ORDER81)


def _conclusions(form: Any, _field: Any) -> list[SelectChoice]:
    """Correction is asked for once and completely; after that it is accepted or refused."""
    choices = worded(accept=_l("受理，转区局推荐"), correct=_l("需要补正（一次性告知）"), refuse=_l("不予受理"))
    return [c for c in choices if c.value != "correct" or not form.known.get("corrected")]


@task_form("award_formality")
class AwardFormality(TaskForm):
    """Accept the application, ask once and completely for what is missing, or refuse it."""

    intro = _l("请核对主体资格、申报事项和材料；承诺后补的次要材料，受理后在期限内补交。")
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
        default=statute.length("award.correction"),
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
        _l("说明"), max_length=2000, when="check=refuse", description=_l("写明具体情况，申报单位会在通知书上看到")
    )

    def check_together(self) -> None:
        """The ground "other" needs words."""
        if self.holds(f"grounds={RefusalGround.OTHER}") and self.explanation.blank:
            self.refuse("explanation", _l("选择“其他”的，请写明不予受理的具体理由"))


@task_form("correct_application")
class CorrectApplication(TaskForm):
    """Hand in what the correction notice asks for."""

    intro = _l("请按补正通知书补交材料；写错的内容在这里更正，没有变化的不填。")
    submit_label = _l("提交补正")
    needs = ("on_paper",)
    rules = (_l("至少写明补正了什么，或者上传文件。"),)

    explanation = TextBlock(_l("补正的说明"), max_length=2000, weighed=True)
    files = SignedFilesField(_l("补正的材料"), weighed=True)
    things = RowsField(
        ThingEntry, _l("更正后的事项"), most=MOST_ITEMS, description=_l("填写后代替原来的全部事项；没有变化的不填")
    )
    base = MoneyField(_l("更正后的实际金额（元）"), description=_l("没有变化的不填"))
    account_name = TextField(_l("更正后的账户名称"), required=_l("请填写账户名称"), required_when="account")
    bank = TextField(_l("更正后的开户银行"), max_length=120, required=_l("请填写开户银行"), required_when="account")
    account = IdentifierField(
        _l("更正后的银行账号"),
        reader=identifiers.bank_account,
        mask="account",
        max_length=40,
        description=_l("没有变化的不填"),
    )

    def check_together(self) -> None:
        """Something has to be said or handed in."""
        if self.explanation.blank and self.files.blank and self.things.blank:
            self.refuse("explanation", _l("请写明补正了什么，或者上传补正的文件"))


def _promised(form: Any, _field: Any) -> list[SelectChoice]:
    return [SelectChoice(one, _l(Evidence(one).label)) for one in form.known.get("promised") or []]


class PromisedEntry(Entry):
    """One of the papers that were promised."""

    first = silent = ("kind",)

    kind = TopicField(_l("材料"), _promised, required=_l("请选择是哪一种材料"))
    files = FilesField(_l("文件"), required=_l("请上传文件"))


@task_form("supply_papers")
@task_form("act:supply_papers")
class SupplyPapers(TaskForm):
    """Hand in every paper that was promised."""

    title = _l("补交容缺材料")
    intro = _l("受理时承诺后补的材料，请在期限内一次补齐；逾期未补齐的，终止审核。")
    submit_label = _l("提交材料")
    needs = ("promised", "on_paper")

    papers = RowsField(PromisedEntry, _l("承诺后补的材料"), most=20, fixed=True, required=_l("请上传承诺的材料"))
    files = SignedFilesField(_l("其他材料"))

    def prefill(self) -> dict[str, Any]:
        """Return a row for each paper that was promised."""
        return {"papers": [{"kind": one} for one in self.known.get("promised") or []]}


@task_form("recommend")
class Recommend(TaskForm):
    """Say whether the district recommends the application."""

    intro = _l("请核实单位在本区的登记注册、经营和信用情况，提出推荐意见；不推荐的，市局仍会审核，并参考您的意见。")
    submit_label = _l("提交推荐意见")

    recommended = YesNoField(_l("推荐意见"), yes=_l("予以推荐"), no=_l("不予推荐"), required=_l("请选择推荐意见"))
    opinion = TextBlock(
        _l("核实情况和理由"), min_length=5, max_length=2000, required=_l("请写明核实的情况和推荐或者不推荐的理由")
    )
