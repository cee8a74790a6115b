"""Files that are ZIP packages inside: DOCX and XLSX (ECMA-376), OFD (GB/T 33190). Looked at, never unpacked to disk."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from app.documents import parts as contents
from app.documents.refusal import Unfit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"

MOST_PARTS = 5_000
MOST_BYTES = 300 * 1024 * 1024
STEEPEST = 200  # times a large part may grow when unpacked; text packs about ten- to fiftyfold
SMALL_PART = 1024 * 1024
PROGRAMS = (".exe", ".dll", ".com", ".bat", ".cmd", ".jar", ".msi", ".scr", ".lnk")
SCRIPTS = (".js", ".jse", ".vbs", ".ps1", ".wsf", ".hta", ".html", ".htm", ".xhtml")


def media_type(data: bytes, *, within: bool = False) -> str:
    """Return which kind of package this is. Raises ``Unfit`` for any other, and for one that is not safe to open.

    A package may hold others of these kinds, as a text holds the sheet of a chart; those hold no more (``within``).
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            _refuse_hidden(data, package, parts)
            _refuse_bomb(data, parts)
            _refuse_content(parts)
            for inner in contents.look_into(package, parts):
                _refuse_inner(inner, within)
            return _kind({part.filename for part in parts})
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError):
        raise Unfit("文件“%(name)s”已损坏，无法打开") from None


def _refuse_hidden(data: bytes, package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Nothing may stand before the first part or after the last record: there another file could hide."""
    if package.comment or not data[-22:].startswith(b"PK\x05\x06") or min((p.header_offset for p in parts), default=1):
        raise Unfit("文件“%(name)s”中夹带了其他内容，不能上传")


def _refuse_bomb(data: bytes, parts: list[zipfile.ZipInfo]) -> None:
    too_steep = any(p.file_size > SMALL_PART and p.file_size > STEEPEST * max(1, p.compress_size) for p in parts)
    too_much = len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_BYTES
    overlapping = sum(p.compress_size for p in parts) > len(data)
    if too_steep or too_much or overlapping:
        raise Unfit("文件“%(name)s”展开后过大，不能上传")


def _refuse_content(parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/").lower())
        if part.flag_bits & 0x1:
            raise Unfit("文件“%(name)s”设有密码，请去除密码后再上传")
        if path.is_absolute() or ".." in path.parts or path.suffix in (*PROGRAMS, *SCRIPTS):
            raise Unfit("文件“%(name)s”中夹带了脚本或者程序，不能上传")
        if path.name.startswith("vbaproject") or "activex" in path.parts:
            raise Unfit("文件“%(name)s”中有宏，请另存为不含宏的文件或者 PDF 后再上传")


def _refuse_inner(data: bytes, within: bool) -> None:
    if within:
        raise Unfit("文件“%(name)s”中夹带了其他内容，不能上传")
    try:
        media_type(data, within=True)
    except Unfit:
        raise Unfit("文件“%(name)s”中夹带了其他内容，不能上传") from None


def _kind(names: set[str]) -> str:
    if "OFD.xml" in names:
        return OFD
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return XLSX
    raise Unfit("文件“%(name)s”的格式不在可上传之列；可以上传 %(types)s")
