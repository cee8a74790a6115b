"""Questions about words and files, and boxes to tick."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, MultipleFileField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import FileInput, TextArea

from app.domain.errors import RuleBroken
from app.domain.texts import unnumbered
from forms.asked import Asked, list_of, text_of, whole_of
from forms.text import Said, many_lines, one_line, refused

NAME = 200
TEXT = 5000


class TextField(Asked, StringField):
    """One line of text."""

    def __init__(self, *args: Any, max_length: int = NAME, min_length: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_length = max_length
        self.min_length = min_length
        self.flags.maxlength = max_length

    def clean(self, text: str) -> str:
        """Return ``text`` as it is to be kept."""
        return one_line(text)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = self.clean(valuelist[0])

    def inspect(self) -> None:
        if len(self.data) > self.max_length:
            raise ValidationError(
                str(_l("最多 %(most)s 字，现为 %(n)s 字，请缩短", most=self.max_length, n=len(self.data)))
            )
        if len(self.data) < self.min_length:
            raise ValidationError(
                str(_l("至少 %(least)s 字，现为 %(n)s 字，请写得更具体", least=self.min_length, n=len(self.data)))
            )

    def unanswered(self) -> str:
        return ""

    def from_json(self, value: Any) -> list[str]:
        return [text_of(value)]

    def schema(self) -> dict[str, Any]:
        least = self.min_length or (1 if self.always_required else 0)
        return {"type": "string", **({"minLength": least} if least else {}), "maxLength": self.max_length}


class TextBlock(TextField):
    """Text of several lines."""

    widget = TextArea()

    def __init__(self, *args: Any, max_length: int = TEXT, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)

    def clean(self, text: str) -> str:
        return many_lines(text)


class IdentifierField(TextField):
    """A number by which somebody is known, read and checked by ``reader`` of ``app.domain.identifiers``.

    ``mask`` says how it is hidden where the answer is shown later; what somebody types is shown to them as it is.
    """

    def __init__(
        self, *args: Any, reader: Callable[[str], str], max_length: int = 60, mask: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)
        self.reader = reader
        self.mask = mask

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data and len(self.data) <= self.max_length:
            try:
                self.data = self.reader(self.data)
            except RuleBroken as refusal:
                raise ValueError(str(refused(refusal))) from refusal


class LinesField(Asked, StringField):
    """A list, typed with one item on each line; it is printed with numbers, so that those that were typed are dropped."""

    widget = TextArea()

    def __init__(self, *args: Any, most: int = 50, max_length: int = 500, **kwargs: Any) -> None:
        super().__init__(*args, **{"description": _l("一行一项"), **kwargs})
        self.most = most
        self.max_length = max_length

    def process_data(self, value: Any) -> None:
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            lines = many_lines(valuelist[0]).split("\n")
            self.data = [line for line in (unnumbered(one_line(line)) for line in lines) if line]

    def _value(self) -> str:
        return "\n".join(self.data or [])

    def inspect(self) -> None:
        if len(self.data) > self.most:
            raise ValidationError(str(_l("最多 %(most)s 项，现为 %(n)s 项", most=self.most, n=len(self.data))))
        for n, line in enumerate(self.data, start=1):
            if len(line) > self.max_length:
                raise ValidationError(
                    str(_l("第 %(n)s 项超过 %(most)s 字，请缩短或者分成几项", n=n, most=self.max_length))
                )

    def unanswered(self) -> list[str]:
        return []

    def from_json(self, value: Any) -> list[str]:
        return ["\n".join(one_line(text_of(item)) for item in list_of(value))]

    def schema(self) -> dict[str, Any]:
        item = {"type": "string", "minLength": 1, "maxLength": self.max_length}
        least = {"minItems": 1} if self.always_required else {}
        return {"type": "array", "items": item, **least, "maxItems": self.most}


class TickField(Asked, BooleanField):
    """A box to tick; with ``required``, one that must be ticked."""

    false_values = (False, "false", "", "no", "0")

    @property
    def blank(self) -> bool:
        return not self.data

    @property
    def spoken(self) -> set[str]:
        return {"true"} if self.data else set()

    def unanswered(self) -> bool:
        return False

    def from_json(self, value: Any) -> list[str]:
        if not isinstance(value, bool):
            raise ValueError(_l("这一项应为 true 或者 false"))
        return ["y"] if value else ["false"]

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean", **({"const": True} if self.always_required else {})}


class FilesField(Asked, MultipleFileField):
    """Files that were uploaded before, named by their ids.

    The facts ``upload_url`` (where the page sends a file) and ``files`` (id -> what to show of it) are used if given.
    """

    widget = FileInput(multiple=True)

    def __init__(self, *args: Any, most: int = 50, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        form = kwargs["_form"]
        if url := form.known.get("upload_url"):
            self.render_kw = {**(self.render_kw or {}), "data-upload-url": url}
        self._shown: Mapping[int, Any] = form.known.get("files") or {}

    @property
    def kept(self) -> list[Any]:
        """Return what to show of the files that are already there."""
        unknown = {"size": None, "href": ""}
        return [
            self._shown.get(i) or {"id": i, "name": _l("已上传的文件 %(n)s", n=i), **unknown} for i in self.data or []
        ]

    def process_data(self, value: Any) -> None:
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[Any]) -> None:
        ids = [value.strip() for value in valuelist if isinstance(value, str) and value.strip()]
        self.data = []
        if not all(re.fullmatch(r"[1-9][0-9]{0,14}", i) for i in ids):
            raise ValueError(str(_l("没有收到文件，请重新上传")))
        self.data = list(dict.fromkeys(map(int, ids)))

    def inspect(self) -> None:
        if len(self.data) > self.most:
            raise ValidationError(str(_l("最多 %(most)s 份文件，现为 %(n)s 份", most=self.most, n=len(self.data))))

    def unanswered(self) -> list[int]:
        return []

    def from_json(self, value: Any) -> list[str]:
        return [str(whole_of(i)) for i in list_of(value)]

    def schema(self) -> dict[str, Any]:
        item = {"type": "integer", "minimum": 1, "maximum": 10**15 - 1}
        least = {"minItems": 1} if self.always_required else {}
        return {"type": "array", "items": item, "uniqueItems": True, **least, "maxItems": self.most}


class SignedFilesField(FilesField):
    """The files of what a party says; an official who enters it for the party (fact ``on_paper``) hands in the signed paper."""

    def __init__(self, label: Said, **kwargs: Any) -> None:
        signed = _l("代当事人登记的，请上传当事人签章的材料")
        super().__init__(label, required=signed, required_when="on_paper", **kwargs)
