"""A look into a PDF before it is kept: whole, open, without actions that run by themselves (ISO 32000-1, 12.6)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from app.documents.packages import NotTaken

MOST_OBJECTS = 32 * 1024 * 1024
PLAIN_OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")


def _name(*names: str) -> re.Pattern[bytes]:
    """Match any of these PDF names, however spelled: ``/J#61vaScript`` is ``/JavaScript``."""
    spelled = "|".join("".join(f"(?:{char}|#(?i:{ord(char):02x}))" for char in name) for name in names)
    return re.compile(rf"/(?:{spelled})(?=[\s/<>\[\](]|$)".encode())


# Scripts, programs to start, forms with scripts. Attached files are let pass: electronic invoices carry their data so.
ACTIVE = _name("JavaScript", "Launch", "RichMedia", "XFA")
ENCRYPTED = _name("Encrypt")
OBJECT_STREAM = _name("ObjStm")


def look_into(data: bytes) -> None:
    """Raise ``NotTaken`` for a PDF that is cut off, locked, active, or followed by something else."""
    last = data.rfind(b"%%EOF")
    if last < 0:
        raise NotTaken("文件“%(name)s”已损坏，无法打开")
    if data[last + 5 :].strip(b"\r\n\t \0"):
        raise NotTaken("文件“%(name)s”中夹带了其他内容，不能上传")
    if ENCRYPTED.search(data):
        raise NotTaken("文件“%(name)s”设有密码或者权限限制，无法检查和归档；请打印为 PDF 后再上传")
    if ACTIVE.search(data) or any(ACTIVE.search(objects) for objects in _packed_objects(data)):
        raise NotTaken("文件“%(name)s”中有脚本，请打印为 PDF 后再上传")


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """Yield the objects that are kept compressed. Raises ``NotTaken`` where they cannot be read within bounds."""
    room, before = MOST_OBJECTS, -1
    for found in OBJECT_STREAM.finditer(data):
        start = data.find(b"stream", found.end())
        if start in (before, -1):
            continue
        before = start
        packed = memoryview(data)[start + len(b"stream") :]
        while packed[:1] in (b"\r", b"\n"):
            packed = packed[1:]
        try:
            objects = zlib.decompressobj().decompress(packed, room)
        except zlib.error:
            if not PLAIN_OBJECTS.match(packed):
                raise NotTaken("文件“%(name)s”无法检查，请打印为 PDF 后再上传") from None
            continue  # not compressed: read with the rest of the file
        room -= len(objects)
        if room <= 0:
            raise NotTaken("文件“%(name)s”展开后过大，不能上传")
        yield objects
