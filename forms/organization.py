"""What an official is asked who verifies an organisation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.fields import TextBlock, TextField, TickField
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


class RenameOrganization(TaskForm):
    """An official has seen that the name on file is not that of the licence."""

    title: Said = _l("更正名称")
    submit_label: Said = _l("更正名称")

    name = TextField(
        _l("证照上的名称"),
        required=_l("请填写名称"),
        description=_l("在办案件此后使用更正后的名称；请求书原来写的名称留在该案中"),
    )
    grounds = TextBlock(
        _l("更正依据"),
        max_length=500,
        required=_l("请写明更正依据"),
        description=_l("例如：与国家企业信用信息公示系统登记的名称核对"),
    )
