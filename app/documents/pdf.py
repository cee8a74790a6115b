"""A look into a PDF before it is kept: whole, open, without actions that run by themselves (ISO 32000-1, 12.6)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from app.documents.packages import NotTaken

MOST_OBJECTS = 32 * 1024 * 1024
MOST_STREAMS = 20_000
PIECE = 64 * 1024
TOO_LARGE = "文件“%(name)s”展开后过大，不能上传"
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
    room, start = MOST_OBJECTS, -1
    for count, found in enumerate(OBJECT_STREAM.finditer(data)):
        if count >= MOST_STREAMS:
            raise NotTaken(TOO_LARGE)
        if found.end() <= start:
            continue  # the stream that follows has been read already
        if (start := data.find(b"stream", found.end())) < 0:
            return
        begin = start + len(b"stream")
        begin += len(data[begin : begin + 2]) - len(data[begin : begin + 2].lstrip(b"\r\n"))
        if PLAIN_OBJECTS.match(data, begin):
            continue  # not compressed: read with the rest of the file
        objects = _inflated(memoryview(data)[begin:], room)
        room -= len(objects)
        yield objects


def _inflated(packed: memoryview, room: int) -> bytes:
    """Return what ``packed`` begins with, decompressed piece by piece."""
    engine, parts = zlib.decompressobj(), []
    for at in range(0, len(packed), PIECE):
        try:
            part = engine.decompress(packed[at : at + PIECE], room + 1)
        except zlib.error:
            raise NotTaken("文件“%(name)s”无法检查，请打印为 PDF 后再上传") from None
        parts.append(part)
        room -= len(part)
        if room < 0:
            raise NotTaken(TOO_LARGE)
        if engine.eof:
            break
    return b"".join(parts)
