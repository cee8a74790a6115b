"""What an official is asked who verifies an organisation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.fields import TextBlock, TickField
from forms.text import Said


class VerifyOrganization(TaskForm):
    """An official has compared the licence with the register."""

    title: Said = _l("核验单位")
    submit_label: Said = _l("核验通过")

    seen = TickField(
        _l("已查看营业执照或者身份证件，名称、代码一致，并核对了代表该单位的账号"),
        required=_l("请先核对证照和账号"),
    )
    reason = TextBlock(
        _l("核验依据"),
        max_length=500,
        required=_l("请写明核验依据"),
        description=_l("例如：窗口核对营业执照原件和法定代表人身份证"),
    )
