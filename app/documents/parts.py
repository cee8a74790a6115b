"""The parts of an office package: what they say they are, what they refer to, what they would start (ECMA-376)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from app.documents.refusal import Unfit

MOST_XML = 64 * 1024 * 1024
MOST_RELATIONS = 20_000
MACROS = "文件“%(name)s”中有宏，请另存为不含宏的文件或者 PDF 后再上传"
EMBEDDED = "文件“%(name)s”中嵌入了其他程序的对象，请另存为 PDF 后再上传"
OUTSIDE = "文件“%(name)s”会从别处取得内容，请另存为 PDF 后再上传"
DAMAGED = "文件“%(name)s”已损坏，无法打开"

# Words in the type of a part, or of what leads to it, and what is said of a package that has one.
KINDS = {
    "vba": MACROS,
    "macro": MACROS,
    "activex": MACROS,
    "oleobject": EMBEDDED,
    "externallink": OUTSIDE,
    "connections": OUTSIDE,
    "querytable": OUTSIDE,
}
FOLLOWED = ("/hyperlink",)  # outside, and only where a reader clicks
ZIP, OLE, PROGRAM = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ"
DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)


def look_into(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    """Raise ``Unfit`` for what would run or be fetched when the package is opened; yield the packages within it."""
    room = MOST_XML
    for part in parts:
        with package.open(part) as stream:
            start = stream.read(4)
        if start.startswith((OLE, PROGRAM)):
            raise Unfit(EMBEDDED)
        if start == ZIP:
            yield package.read(part)
        if not _is_told(part.filename):
            continue
        room -= part.file_size
        if room < 0:
            raise Unfit("文件“%(name)s”展开后过大，不能上传")
        _refuse(part.filename.lower(), package.read(part))


def _is_told(name: str) -> bool:
    """The types of the parts, what they lead to, and the texts, which may have fields that start something."""
    name = name.lower()
    return (
        name == "[content_types].xml" or name.endswith(".rels") or (name.startswith("word/") and name.endswith(".xml"))
    )


def _refuse(name: str, data: bytes) -> None:
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError:
        raise Unfit(DAMAGED) from None
    if name.startswith("word/") and name.endswith(".xml"):
        _refuse_fields(root)
    else:
        _refuse_kinds(root)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _refuse_kinds(root: Any) -> None:
    for count, element in enumerate(root.iter("{*}Override", "{*}Default", "{*}Relationship")):
        if count > MOST_RELATIONS:
            raise Unfit("文件“%(name)s”展开后过大，不能上传")
        kind = (element.get("ContentType") or element.get("Type") or "").lower()
        for word, told in KINDS.items():
            if word in kind:
                raise Unfit(told)
        if (element.get("TargetMode") or "").lower() == "external" and not kind.endswith(FOLLOWED):
            raise Unfit(OUTSIDE)


def _refuse_fields(root: Any) -> None:
    """A field may be cut into pieces: they are read one after the other, as the program reads them."""
    pieces = "".join(element.text or "" for element in root.iter("{*}instrText"))
    whole = [value for element in root.iter("{*}fldSimple") for key, value in element.attrib.items() if "instr" in key]
    if any(DDE.search(text) for text in (pieces, *whole)):
        raise Unfit(OUTSIDE)
