"""A question about a number that is no money: a count, a rate, a sum in a unit of its own."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from forms.asked import whole_of
from forms.parsed import Parsed


class FigureField(Parsed):
    """A number with up to four decimals: ``31500``, ``31,500``, ``36.5``. How large it may be says whoever asks."""

    _WRITTEN = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,14})(\.[0-9]{1,4})?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.render_kw = {**(self.render_kw or {}), "inputmode": "decimal"}

    def parse(self, text: str) -> Decimal:
        written = self._WRITTEN.fullmatch(text.replace(" ", ""))
        if written is None:
            raise ValueError(str(_l("请填写数字，例如 31500 或者 36.5")))
        minus, figure, fraction = written.groups()
        if minus:
            raise ValueError(str(_l("数值不能是负数")))
        return Decimal(figure.replace(",", "") + (fraction or ""))

    def show(self, value: Decimal) -> str:
        return f"{value:f}"

    def answer(self) -> str | None:
        return None if self.blank else f"{self.data:f}"

    def from_json(self, value: Any) -> list[str]:
        return [value if isinstance(value, str) else str(whole_of(value))]

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[0-9]{1,14}(\.[0-9]{1,4})?$"}
