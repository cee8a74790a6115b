"""Applying for an award: which one, for what, with which papers, and where the money goes."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import identifiers
from app.domain.awards.applications import MOST_ITEMS
from app.domain.awards.kinds import Evidence
from forms.base import Entry, TaskForm
from forms.choices import PickField, SomeField, from_fact, labelled
from forms.fields import FilesField, IdentifierField, TextField, TickField
from forms.parsed import IsoDateField, MoneyField
from forms.registry import task_form
from forms.rows import RowsField


class ThingEntry(Entry):
    """What the award is asked for: a mark, a patent, a contract, a title."""

    name = TextField(
        _l("名称"), required=_l("请填写名称"), description=_l("专利、商标、称号、保险单的名称；合同填写所涉专利的名称")
    )
    number = TextField(
        _l("编号"),
        max_length=80,
        required=_l("请填写编号"),
        description=_l("专利号、商标注册号、文件编号、合同备案号或者保险单号；同一编号只奖励一次"),
    )
    on = IsoDateField(
        _l("日期"), tense="past", required=_l("请填写日期"), description=_l("认定、获奖、登记或者签订的日期")
    )


class PaperEntry(Entry):
    """Papers of one kind."""

    kind = PickField(_l("材料"), labelled(Evidence), required=_l("请选择是哪一种材料"))
    files = FilesField(_l("文件"), required=_l("请上传文件"))


class AccountFields(TaskForm):
    """The account that the money goes to."""

    account_name = TextField(_l("账户名称"), required=_l("请填写账户名称"), description=_l("应当与申报单位的名称一致"))
    bank = TextField(_l("开户银行"), max_length=120, required=_l("请填写开户银行"), description=_l("写到支行"))
    account = IdentifierField(
        _l("银行账号"),
        reader=identifiers.bank_account,
        mask="account",
        max_length=40,
        required=_l("请填写银行账号"),
        description=_l("单位填写对公账户；加密保存，只在拨付时使用"),
    )


def _secondary(form: Any, _field: Any) -> list[SelectChoice]:
    """Offer what may follow later: for the awards of the call that the page came from, or of any that is open.

    Each says for which awards it may follow, and is shown while one of them is chosen.
    """
    needed = form.known.get("needed") or {}
    asked = form.known.get("call") or ""
    among = [key for key in needed if key == asked or key.startswith(f"{asked}:")] or list(needed)
    return [_promise(form, one, among) for one in Evidence if any(one in needed[key]["secondary"] for key in among)]


def _promise(form: Any, kind: Evidence, among: list[str]) -> SelectChoice:
    """Return one kind of paper to promise, with the awards that let it follow where others do not."""
    fitting = [key for key in among if kind in form.known["needed"][key]["secondary"]]
    only = "、".join(dict.fromkeys(key.rpartition(":")[2] for key in fitting)) if len(fitting) < len(among) else ""
    drawn = {"data-shown-when": f"applies_for={'|'.join(fitting)}", "data-only-for": only}
    return SelectChoice(kind.value, _l(kind.label), render_kw=drawn)


@task_form("award_application")
class AwardApplication(AccountFields):
    """Apply for an award."""

    title = _l("奖励与资助申报")
    intro = _l("选择奖项，写明申报的事项，上传材料。提交后立即给出受理号。")
    law = _l("依据：佛山市知识产权培优工程实施方案第二部分及各奖项的资金办法。")
    submit_label = _l("提交申报")
    once_sent = _l("提交后即为正式申报，受理号会显示在案件页面上，并以消息发送给您；批准以前可以撤回。")
    first = ("applies_for", "organization", "district", "things", "base", "papers", "promised")
    sections = (
        (_l("申报什么"), ("applies_for", "organization", "district")),
        (_l("申报的事项"), ("things", "base")),
        (_l("材料"), ("papers", "promised")),
        (_l("收款账户"), ("account_name", "bank", "account")),
        (_l("声明"), ("truth",)),
    )
    rules = (
        _l("按比例计算的奖项应当填写实际金额，其他奖项不填。"),
        _l("主要材料应当齐全；次要材料可以承诺后补。"),
        _l("日期在今年或者去年之内。"),
    )

    applies_for = PickField(_l("奖项"), from_fact("calls"), required=_l("请选择奖项"))
    organization = PickField(_l("申报单位"), from_fact("organizations"), ids=True, required=_l("请选择您所代表的单位"))
    district = PickField(
        _l("所属区局"),
        from_fact("districts"),
        ids=True,
        required=_l("请选择登记注册地的区局"),
        description=_l("单位登记注册所在的区，个人填写经常居住的区"),
    )
    things = RowsField(
        ThingEntry, _l("事项"), least=1, most=MOST_ITEMS, required=_l("请填写申报的事项"), description=_l("一项一行")
    )
    base = MoneyField(
        _l("实际金额（元）"), description=_l("按比例资助的填写合同实际成交的金额或者实际支付的保费；其他奖项不填")
    )
    papers = RowsField(PaperEntry, _l("材料"), least=1, most=20, required=_l("请上传材料"))
    promised = SomeField(
        _l("承诺后补的次要材料"), _secondary, description=_l("只限奖项标准中标明“可后补”的材料；没有的不选")
    )
    truth = TickField(
        _l("以上内容和材料真实，同一事项没有重复申报"),
        required=_l("请确认并勾选；弄虚作假的，追回资金，五年内停止申报"),
    )

    def prefill(self) -> dict[str, Any]:
        """Who acts for one organisation alone applies in its name, into its account."""
        own = self.known.get("organizations") or []
        data: dict[str, Any] = self._of_the_call()
        if len(own) == 1:
            organization_id, name = own[0]
            district = (self.known.get("own_districts") or {}).get(organization_id)
            data |= {"organization": organization_id, "account_name": name, "district": district}
        return data

    def _of_the_call(self) -> dict[str, Any]:
        """Return what follows from the call that the page came from (fact ``call``), where it offers one award alone."""
        asked = self.known.get("call") or "-"
        fitting = [key for key in self.known.get("calls") or {} if key.startswith(f"{asked}:") or key == asked]
        if len(fitting) != 1:
            return {}
        needed = self.known["needed"][fitting[0]]
        return {"applies_for": fitting[0], "papers": [{"kind": one} for one in needed["papers"]]}

    def check_together(self) -> None:
        """Awards by per cent need the price; the papers of the award are there or promised."""
        needed = (self.known.get("needed") or {}).get(self.applies_for.data)
        if needed is None:
            return
        if needed["percent"] and self.base.data is None and not self.base.errors:
            self.refuse("base", _l("请填写实际金额"))
        elif not needed["percent"] and self.base.data is not None:
            self.refuse("base", _l("这一奖项不按比例计算，不填实际金额"))
        there = {row.form.kind.data for row in self.papers.filled if row.form.files.data}
        promised = set(self.promised.data or []) & set(needed["secondary"])
        missing = [Evidence(one) for one in needed["papers"] if one not in there | promised]
        if missing and not self.papers.errors:
            self.refuse("papers", _l("缺少材料：%(what)s", what=_joined(missing)))
        stray = [Evidence(one) for one in self.promised.data or [] if one not in needed["secondary"]]
        if main := [one for one in stray if one in needed["papers"]]:
            self.refuse("promised", _l("%(what)s 是主要材料，不能后补", what=_joined(main)))
        elif stray:
            self.refuse("promised", _l("所选奖项不需要 %(what)s，请取消勾选", what=_joined(stray)))


def _joined(kinds: list[Evidence]) -> str:
    return "、".join(str(_l(one.label)) for one in sorted(kinds))
