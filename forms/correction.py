"""What comes back after a correction notice: each item that was asked for, and what the request got wrong."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain import identifiers
from forms.base import Entry, TaskForm
from forms.choices import PickField, SomeField, TopicField, from_fact
from forms.fields import FilesField, IdentifierField, LinesField, SignedFilesField, TextBlock, TextField
from forms.parsed import MoneyField
from forms.registry import task_form
from forms.request import PartyEntry, check_right_number
from forms.rows import RowsField
from forms.text import listed


class ItemEntry(Entry):
    """What is handed in for one item of the notice."""

    first = silent = ("item",)

    item = TopicField(_l("补正事项"), from_fact("asked"), ids=True, required=_l("请指明是补正清单的哪一项"))
    answer = TextBlock(
        _l("补了什么"),
        max_length=2000,
        description=_l("写明补了什么、改了什么；不能补的，写明原因"),
        render_kw={"rows": 2},
        weighed=True,
    )
    files = FilesField(_l("补正的文件"), weighed=True)


class NamedPartyEntry(Entry):
    """A party that the request named, put right; what stays as it was is left empty."""

    first = silent = ("party",)

    party = PickField(_l("要更正的当事人"), from_fact("named"), ids=True, required=_l("请选择要更正的当事人"))
    name = TextField(_l("更正后的名称或者姓名"), description=_l("与证照一致的全称"))
    uscc = IdentifierField(_l("更正后的统一社会信用代码"), reader=identifiers.uscc)
    country = TextField(_l("更正后的国家或者地区"), max_length=60)
    foreign_number = IdentifierField(_l("更正后的境外登记号码"), reader=identifiers.foreign_number)
    resident_id = IdentifierField(
        _l("更正后的居民身份证号"),
        reader=identifiers.resident_id,
        mask="resident_id",
        description=_l("加密保存，只在办案需要时显示"),
    )
    legal_representative = TextField(_l("更正后的法定代表人或者负责人"), max_length=80)
    address = TextField(_l("更正后的住所"), max_length=300)
    postcode = IdentifierField(_l("更正后的邮政编码"), reader=identifiers.postcode, max_length=12)
    phone = IdentifierField(_l("更正后的联系电话"), reader=identifiers.phone, mask="phone")
    email = IdentifierField(_l("更正后的电子邮箱"), reader=identifiers.email, mask="email", max_length=200)


@task_form("correct_materials")
class CorrectMaterials(TaskForm):
    """Hand in what the correction notice asks for."""

    intro = _l("请按补正通知书逐项补交。请求书写错的内容，可以一并更正；没有变化的不填。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第十六条。")
    submit_label = _l("提交补正")
    needs: tuple[str, ...] = ("asked", "named", "respondents", "on_paper")
    rules = (_l("补正清单的每一项都要答复，或者在“其他说明”中一并说明。"),)

    items = RowsField(ItemEntry, _l("补正清单"), most=50, fixed=True, present_if="asked")
    explanation = TextBlock(_l("其他说明"), description=_l("清单以外需要说明的内容，没有的不填"))
    files = SignedFilesField(_l("其他材料"))
    right_number = TextField(_l("更正后的专利号、注册号或者登记号"), max_length=60, description=_l("没有变化的不填"))
    right_name = TextField(_l("更正后的权利名称"), description=_l("没有变化的不填"))
    right_holder = TextField(_l("更正后的权利人"), description=_l("没有变化的不填"))
    requests = LinesField(
        _l("更正后的请求事项"), most=10, description=_l("一行一项，填写后代替原来的全部事项；没有变化的不填")
    )
    amount_claimed = MoneyField(_l("更正后的请求金额（元）"), description=_l("没有变化的不填"))
    facts = TextBlock(
        _l("更正后的事实和理由"),
        min_length=20,
        max_length=10_000,
        description=_l("填写后代替原来的内容；没有变化的不填"),
    )
    parties = RowsField(
        NamedPartyEntry,
        _l("更正当事人的信息"),
        most=20,
        present_if="named",
        description=_l("名称、证件号码、住所等写错的，在这里更正；没有写错的不填"),
    )
    added = RowsField(
        PartyEntry,
        _l("增加被请求人"),
        most=20,
        present_if="respondents",
        description=_l("请求书漏写的被请求人；受理后同样向其送达，陈述意见的期限另行计算。没有的不填"),
    )
    dropped = SomeField(
        _l("不再列为被请求人"),
        from_fact("respondents"),
        ids=True,
        present_if="respondents",
        description=_l("列错的被请求人，在这里勾选；没有的不填"),
    )

    def prefill(self) -> dict[str, Any]:
        """Return a row for each item of the notice."""
        return {"items": [{"item": n} for n in dict(self.known.get("asked") or {})]}

    def check_together(self) -> None:
        """Every item is answered, the number fits the right, and each party is put right once."""
        if self.explanation.blank:
            self._refuse_unanswered()
        check_right_number(self, self.known.get("right_type"))
        seen: set[int] = set()
        for row in self.parties.filled if "parties" in self else ():
            if row.form.party.data in seen:
                row.form.refuse("party", _l("同一当事人只更正一次"))
            seen.add(row.form.party.data)
        self._check_respondents(seen)

    def _check_respondents(self, put_right: set[int]) -> None:
        """Somebody stays a respondent, and nobody is put right and dropped at once."""
        if "dropped" not in self:
            return
        dropped = set(self.dropped.data)
        if dropped and self.added.blank and len(dropped) == len(dict(self.known["respondents"])):
            self.refuse("dropped", _l("至少要有一名被请求人"))
        if dropped & put_right:
            self.refuse("dropped", _l("同一当事人不能既更正又删去"))

    def _refuse_unanswered(self) -> None:
        if "items" not in self:
            if self.files.blank:
                self.refuse("explanation", _l("请写明补正了什么，或者上传补正的文件"))
            return
        for row in self.items.entries:
            if row.form.blank:
                row.form.refuse("answer", _l("请写明这一项补了什么，或者上传文件；不能补的，写明原因"))
        there = {row.form.item.data for row in self.items.entries}
        if missing := [str(n) for n in dict(self.known["asked"]) if n not in there]:
            self.refuse("items", _l("补正清单第 %(n)s 项还没有答复", n=listed(missing)))
