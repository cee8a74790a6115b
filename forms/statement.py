"""What a respondent says to the request."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.mediation import Stance
from forms.base import TaskForm
from forms.choices import OneField, PickField, from_fact, labelled
from forms.fields import FilesField, SignedFilesField, TextBlock, TickField
from forms.parsed import IsoDateField
from forms.registry import task_form


@task_form("statement")
class Statement(TaskForm):
    """Consent to the mediation or decline it."""

    intro = _l("请在期限内答复是否同意调解。逾期未答复的，视为不同意。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第六十五条、第六十六条——收到之日起 15 日内提交意见陈述书。")
    law_of_2015 = _l("依据：《专利行政执法办法》第二十三条、第二十四条——收到之日起 15 日内提交意见陈述书。")
    submit_label = _l("提交意见陈述")
    needs = ("on_paper", "today")
    final = True
    branch = ("stance",)

    stance = OneField(
        _l("是否同意调解"), labelled((Stance.CONSENTS, Stance.DECLINES)), required=_l("请选择是否同意调解")
    )
    opinion = TextBlock(_l("意见和理由"), description=_l("对请求事项、事实和理由的意见"))
    files = SignedFilesField(_l("附件"), description=_l("主体资格证明、授权委托书、证据等"))
    e_service = TickField(_l("同意电子送达"), description=_l("文书通过本平台和电子邮件送达，到达即为送达"))
    received_on = IsoDateField(
        _l("收到纸质意见陈述书的日期"),
        tense="past",
        present_if="on_paper",
        required=_l("请填写收到纸质意见陈述书的日期"),
    )


@task_form("act:register_statement")
class RegisterStatement(TaskForm):
    """Enter a statement that arrived in time and was found afterwards."""

    title = _l("补登意见陈述")
    intro = _l("被请求人的意见陈述书在期限内已经送到本局，期满后才发现的，在这里补登；同意调解的，案件转入立案。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第六十五条、第六十六条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第二十三条、第二十四条。")
    submit_label = _l("补登")
    needs = ("silent_parties", "today")

    party = PickField(_l("被请求人"), from_fact("silent_parties"), ids=True, required=_l("请选择被请求人"))
    received_on = IsoDateField(_l("本局收到的日期"), tense="past", required=_l("请填写本局收到的日期"))
    stance = OneField(
        _l("是否同意调解"), labelled((Stance.CONSENTS, Stance.DECLINES)), required=_l("请选择是否同意调解")
    )
    opinion = TextBlock(_l("意见和理由"))
    files = FilesField(_l("意见陈述书和附件"))
    e_service = TickField(_l("同意电子送达"))
    reason = TextBlock(_l("期满后补登的原因"), max_length=1000, required=_l("请写明为何期满后才登记"))
