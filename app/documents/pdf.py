"""A look into a PDF before it is kept: whole, open, without actions that run by themselves (ISO 32000-1, 12.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import monotonic
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PdfReadError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from app.documents.pages import UNREADABLE, opened
from app.documents.refusal import Unfit

MOST_OBJECTS = 200_000
MOST_VALUES = 3_000_000
MOST_SECONDS = 10.0
TOO_LARGE = "文件“%(name)s”展开后过大，不能上传"
ACTIVE = "文件“%(name)s”中有脚本或者自动执行的动作，请打印为 PDF 后再上传"
UNCHECKED = "文件“%(name)s”无法检查，请打印为 PDF 后再上传"

# Actions that run a script or a program, send the form somewhere, or open another file. A link to a page of the web is
# let pass where a reader has to click on it. Attached files too: electronic invoices carry their data so.
RUNNING = (
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
)
SCRIPTED = ("/JS", "/JavaScript", "/XFA", "/RichMediaContent")
BY_ITSELF = ("/OpenAction", "/AA")
HARMLESS = ("/GoTo", "/Named", None)


def _name(*names: str) -> re.Pattern[bytes]:
    """Match any of these PDF names, however spelled: ``/J#61vaScript`` is ``/JavaScript``."""
    spelled = "|".join("".join(f"(?:{char}|#(?i:{ord(char):02x}))" for char in name) for name in names)
    return re.compile(rf"/(?:{spelled})(?=[\s/<>\[\](]|$)".encode())


ENCRYPTED = _name("Encrypt")
# What the table of objects leaves out a viewer that mends broken files may still find.
WRITTEN = _name("JavaScript", "Launch", "RichMedia", "XFA")


def look_into(data: bytes) -> None:
    """Raise ``Unfit`` for a PDF that is cut off, locked, active, or followed by something else."""
    last = data.rfind(b"%%EOF")
    if last < 0:
        raise Unfit("文件“%(name)s”已损坏，无法打开")
    if data[last + 5 :].strip(b"\r\n\t \0"):
        raise Unfit("文件“%(name)s”中夹带了其他内容，不能上传")
    if ENCRYPTED.search(data):
        raise Unfit("文件“%(name)s”设有密码或者权限限制，无法检查和归档；请打印为 PDF 后再上传")
    if WRITTEN.search(data):
        raise Unfit(ACTIVE)
    try:
        reader = opened(data)
    except LimitReachedError:
        raise Unfit(TOO_LARGE) from None
    except UNREADABLE:
        raise Unfit("文件“%(name)s”已损坏，无法打开") from None
    _refuse_active(reader)


def _refuse_active(reader: PdfReader) -> None:
    """Look at every object that the file names, packed or not, within bounds of number and time."""
    until, values = monotonic() + MOST_SECONDS, 0
    for thing in _objects(reader):
        waiting = [thing]
        while waiting:
            values += 1
            if values > MOST_VALUES or monotonic() > until:
                raise Unfit(TOO_LARGE)
            value = waiting.pop()
            if isinstance(value, DictionaryObject):
                _refuse_action(value)
                waiting += (value.raw_get(key) for key in value)
            elif isinstance(value, ArrayObject):
                waiting += list.__iter__(value)


def _objects(reader: PdfReader) -> Iterator[Any]:
    packed = dict(reader.xref_objStm)
    numbers = {(n, generation) for generation, table in reader.xref.items() for n in table} | {(n, 0) for n in packed}
    if len(numbers) > MOST_OBJECTS:
        raise Unfit(TOO_LARGE)
    for number, generation in sorted(numbers):
        try:
            yield reader.get_object(IndirectObject(number, generation, reader))
        except LimitReachedError:
            raise Unfit(TOO_LARGE) from None
        except UNREADABLE as error:
            if number in packed or not isinstance(error, PdfReadError):
                raise Unfit(UNCHECKED) from None


def _refuse_action(value: DictionaryObject) -> None:
    if any(key in value for key in SCRIPTED) or value.get("/S") in RUNNING:
        raise Unfit(ACTIVE)
    if any(_runs(value.get(key)) for key in BY_ITSELF if key in value):
        raise Unfit(ACTIVE)


def _runs(started: Any) -> bool:
    """Say whether what starts by itself does more than go to a place in the file: actions, or several by their event."""
    if not isinstance(started, DictionaryObject):
        return False  # a place in the file
    actions = [started] if "/S" in started else [started.get(event) for event in started]
    return any(isinstance(a, DictionaryObject) and (a.get("/S") not in HARMLESS or "/Next" in a) for a in actions)
