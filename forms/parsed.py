"""Questions about numbers, money, days and moments: typed as text, kept as what it means.

What was typed and could not be read stays in the field.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput, DateTimeLocalInput

from forms.asked import Asked, text_of, whole_of
from forms.text import Said, one_line

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Parsed(Asked, StringField):
    """A value that is typed as text and kept as something else."""

    typed = ""

    def parse(self, text: str) -> Any:
        """Return the value that ``text`` means; ``ValueError`` with a sentence where it means none."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Return ``value`` as it stands in the input."""
        return str(value)

    def process_data(self, value: Any) -> None:
        self.data = (self.parse(value) if value else None) if isinstance(value, str) else value

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.typed = one_line(valuelist[0])
        self.data = None
        if self.typed:
            self.data = self.parse(unicodedata.normalize("NFKC", self.typed))

    def _value(self) -> str:
        return self.typed if self.data is None else self.show(self.data)

    def from_json(self, value: Any) -> list[str]:
        return [text_of(value)]


class WholeField(Parsed):
    """A whole number between ``least`` and ``most``."""

    def __init__(self, *args: Any, least: int = 0, most: int = 9999, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least = least
        self.most = most
        self.render_kw = {**(self.render_kw or {}), "inputmode": "numeric"}

    def parse(self, text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,16}", text):
            raise ValueError(str(_l("请填写整数")))
        return int(text)

    def inspect(self) -> None:
        if not self.least <= self.data <= self.most:
            raise ValidationError(str(_l("应在 %(least)s 至 %(most)s 之间", least=self.least, most=self.most)))

    def from_json(self, value: Any) -> list[str]:
        return [str(whole_of(value))]

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class MoneyField(Parsed):
    """An amount in yuan: ``180000``, ``180,000.50``, ``18万`` and the like; never negative, to the fen."""

    LARGEST = Decimal("999999999999.99")
    _WRITTEN = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,6})?(万|亿)?")
    _UNITS = {None: Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.render_kw = {**(self.render_kw or {}), "inputmode": "decimal"}

    def parse(self, text: str) -> Decimal:
        bare = re.sub(r"^(?:¥|RMB|CNY)|元$", "", text.replace(" ", "").upper())
        written = self._WRITTEN.fullmatch(bare)
        if written is None:
            raise ValueError(str(_l("请填写金额，单位为元，例如 180000 或者 18万")))
        figure, fraction, unit = written.groups()
        amount = Decimal(figure.replace(",", "") + (fraction or "")) * self._UNITS[unit]
        if amount > self.LARGEST:
            raise ValueError(str(_l("金额过大，请核对")))
        if amount != round(amount, 2):
            raise ValueError(str(_l("金额最多两位小数（精确到分）")))
        return round(amount, 2)

    def show(self, value: Decimal) -> str:
        return f"{value:f}"

    def answer(self) -> str | None:
        return None if self.blank else f"{self.data:.2f}"

    def from_json(self, value: Any) -> list[str]:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError(_l('金额应为数字或者文字，例如 180000 或者 "180000.00"'))
        return [str(value) if isinstance(value, str | float) else str(whole_of(value))]

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?$"}


class IsoDateField(Parsed):
    """A day; ``2026-11-24``, ``2026/11/24`` and ``2026年11月24日`` are all read.

    A ``past`` day is not after the fact ``today``, a ``future`` one not before it.
    """

    widget = DateInput()
    _WRITTEN = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")

    def __init__(self, *args: Any, tense: Literal["past", "future", ""] = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tense = tense

    def parse(self, text: str) -> date:
        written = self._WRITTEN.fullmatch(text)
        try:
            day = date(*map(int, written.groups())) if written else None
        except ValueError:
            day = None
        if day is None:
            raise ValueError(str(_l("请填写日期，例如 2026-11-24")))
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(str(_l("日期中的年份不合理，请核对")))
        return day

    def inspect(self) -> None:
        today: date = self._form.known.get("today") or self.data
        if self.tense == "past" and self.data > today:
            raise ValidationError(str(_l("%(what)s不能晚于今天", what=self.label.text)))
        if self.tense == "future" and self.data < today:
            raise ValidationError(str(_l("%(what)s不能早于今天", what=self.label.text)))

    @property
    def bounds(self) -> Said:
        if not self.tense:
            return ""
        return _l("不晚于今天。") if self.tense == "past" else _l("不早于今天。")

    def show(self, value: date) -> str:
        return value.isoformat()

    def answer(self) -> str | None:
        return None if self.blank else self.data.isoformat()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


DATE_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}", re.ASCII)


class ShanghaiDateTimeField(Parsed):
    """An instant; a time without a zone is the time in Shanghai."""

    widget = DateTimeLocalInput()

    def parse(self, text: str) -> datetime:
        try:
            if not DATE_AND_TIME.match(text):  # a day alone would be read as its midnight
                raise ValueError
            read = datetime.fromisoformat(text.upper())
            instant = read.replace(tzinfo=ZONE) if read.tzinfo is None else read.astimezone(ZONE)
        except (ValueError, OverflowError):
            raise ValueError(str(_l("请填写日期和时间，例如 2026-11-24 09:30"))) from None
        if not FIRST_YEAR <= instant.year <= LAST_YEAR:
            raise ValueError(str(_l("日期中的年份不合理，请核对")))
        return instant.replace(second=0, microsecond=0)

    def show(self, value: datetime) -> str:
        return value.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")

    def answer(self) -> str | None:
        return None if self.blank else self.data.isoformat()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}
