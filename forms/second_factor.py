"""What is asked beside the password: the digits that a phone shows, or a recovery code."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.fields import TextField
from forms.text import Said

TYPED = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}


class SecondFactorCode(TaskForm):
    """Digits or a recovery code."""

    title: Said = _l("两步验证")
    submit_label: Said = _l("验证")

    code = TextField(
        _l("验证码"),
        max_length=40,
        required=_l("请填写验证码"),
        description=_l("手机验证器显示的 6 位数字；手机不在身边时，填写一个恢复码"),
        render_kw=TYPED,
    )


class ConfirmSecondFactor(TaskForm):
    """The digits of a phone that has just read the secret."""

    submit_label: Said = _l("启用两步验证")

    code = TextField(
        _l("验证码"),
        max_length=40,
        required=_l("请填写验证码"),
        description=_l("手机验证器现在显示的 6 位数字"),
        render_kw={**TYPED, "inputmode": "numeric"},
    )
