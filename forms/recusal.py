"""Recusal of the mediator: asked for, decided."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import statute
from app.domain.disputes import RecusalGround
from app.domain.periods import Regime, regime_on
from forms.base import TaskForm
from forms.choices import Offer, OneField, PickField, from_fact, labelled, worded
from forms.fields import FilesField, TextBlock
from forms.parsed import IsoDateField
from forms.registry import task_form
from forms.text import Said

_DECISION = statute.rule("recusal.decision")


def grounds(own: str) -> Offer:
    """Offer what a party may say of an official; that one steps aside of one's own accord, only they say (fact ``own``)."""

    def offer(form: Any, _field: Any) -> list[SelectChoice]:
        return labelled(g for g in RecusalGround if form.known.get(own) or g is not RecusalGround.OWN_REQUEST)

    return offer


@task_form("act:recuse")
class Recuse(TaskForm):
    """Ask that the mediator step aside."""

    title = _l("申请调解员回避")
    intro = _l("决定作出前，调解员暂停参与本案。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条。")
    submit_label = _l("提交回避申请")
    needs = ("today", "is_the_mediator", "recusing")

    party = PickField(
        _l("提出申请的当事人"),
        from_fact("recusing"),
        ids=True,
        present_if="recusing",
        required=_l("请选择提出申请的当事人"),
    )
    ground = OneField(
        _l("回避事由"),
        grounds("is_the_mediator"),
        required=_l("请选择回避事由"),
    )
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


@task_form("decide_recusal")
class DecideRecusal(TaskForm):
    """Decide the request for recusal."""

    intro = _l("请核实申请的事由并作出决定；各方会收到决定书。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条。")
    submit_label = _l("作出决定")
    needs = ("recusal",)
    branch = ("decision",)

    @property
    def basis(self) -> Said:
        """Return who decides by which article, and the period as the rule of the clock cites it."""
        law = super().basis
        if not law:  # the guide that sets the period is one on patents
            return law
        received = self.known.get("received_on")
        term = _DECISION.term(regime_on(received) if received else Regime.ORDER81)
        lang = str(get_locale())
        return _l(
            "%(law)s期限 %(length)s：%(citation)s。",
            law=law,
            length=term.length.words.within(lang) if term.length else "",
            citation=term.citation.within(lang),
        )

    decision = OneField(
        _l("决定"),
        worded(upheld=_l("申请成立，更换调解员"), rejected=_l("申请不成立，调解员继续办理")),
        required=_l("请选择决定"),
    )
    reason = TextBlock(_l("理由"), max_length=2000, required=_l("请写明决定的理由"))
