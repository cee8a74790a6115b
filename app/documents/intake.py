"""The check at the door: what a file is by its content, whether it is taken, and by what name it is shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

from app.documents import packages, pages, pdf, refusal
from app.domain.errors import NotTaken, RuleBroken, TooLarge

LIMIT = 20 * 1024 * 1024
LONGEST_NAME = 120
# The first extension of each is the one given to a file whose name has another.
EXTENSIONS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/tiff": (".tif", ".tiff"),
    "video/mp4": (".mp4",),
    packages.DOCX: (".docx",),
    packages.XLSX: (".xlsx",),
    packages.OFD: (".ofd",),
    "text/csv": (".csv",),
    "text/plain": (".txt",),
}
ACCEPTED = "PDF、OFD、PNG、JPG、TIFF、DOCX、XLSX、MP4、TXT、CSV"
PICTURES = ("image/png", "image/jpeg", "image/tiff", "video/mp4")
# Content that a program other than the expected one would run or unpack.
SCRIPTS = (b"<script", b"<?php", b"<html", b"<!doctype html", b"javascript:")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
END_OF_ZIP = b"PK\x05\x06"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: its type by content, the name to show, and how many pages it has, where it tells."""

    media_type: str
    name: str
    pages: int | None = 1


def inspect(data: bytes, name: str, *, limit: int = LIMIT) -> Accepted:
    """Return what the file is. Raises ``RuleBroken``, on ``files``, for what is not taken; the name proves nothing."""
    shown = display_name(name)
    if not data:
        raise RuleBroken("文件“%(name)s”是空的", field="files", name=shown)
    if len(data) > limit:
        raise TooLarge("文件“%(name)s”超过 %(n)s MB", field="files", name=shown, n=limit // (1024 * 1024))
    try:
        media_type = _media_type(data, shown)
    except refusal.Unfit as refused:
        kind = PurePosixPath(shown).suffix.lstrip(".").upper()
        raise NotTaken(refused.sentence, field="files", name=shown, types=ACCEPTED, kind=kind) from None
    number = pages.count(data) if media_type == "application/pdf" else 1
    return Accepted(media_type, _with_extension(shown, media_type), number)


def _media_type(data: bytes, name: str) -> str:
    if data.startswith(OLD_OFFICE):
        raise refusal.Unfit(
            "文件“%(name)s”设有密码，请去除密码后再上传"
            if ENCRYPTED_OFFICE in data
            else "文件“%(name)s”是旧版 Office 格式，请另存为 DOCX、XLSX 或者 PDF 后再上传"
        )
    if data.startswith(b"%PDF-"):
        pdf.look_into(data)
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return packages.media_type(data)
    found = {match.mime_type for match in _signatures(data)}
    for media_type in PICTURES:
        if media_type in found:
            _refuse_second_nature(data)
            return media_type
    return _text_type(data, name)


def _signatures(data: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return puremagic.magic_string(data)
    except puremagic.PureError:
        return []


def _refuse_second_nature(data: bytes) -> None:
    """Refuse a picture that is at the same time a page, a script or an archive."""
    small = data.lower()
    if any(mark in small for mark in SCRIPTS) or END_OF_ZIP in data[-66_000:]:
        raise refusal.Unfit("文件“%(name)s”中夹带了脚本或者压缩包，不能上传")


def _text_type(data: bytes, name: str) -> str:
    extension = PurePosixPath(name).suffix.lower()
    if extension not in (".txt", ".csv") and any(extension in known for known in EXTENSIONS.values()):
        raise refusal.Unfit("文件“%(name)s”的内容不是 %(kind)s，请换成真正的 %(kind)s 文件")
    if extension not in (".txt", ".csv"):
        raise refusal.Unfit("文件“%(name)s”的格式不在可上传之列；可以上传 %(types)s")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal.Unfit("文本文件“%(name)s”应为 UTF-8 编码，请另存后再上传") from None
    if CONTROLS.search(text):
        raise refusal.Unfit("文件“%(name)s”的格式不在可上传之列；可以上传 %(types)s")
    start = text.lstrip().lower()
    if start.startswith(("<", "#!", "mz", "%!ps")) or any(mark.decode() in start for mark in SCRIPTS):
        raise refusal.Unfit("文件“%(name)s”是网页或者脚本，不能上传")
    return "text/csv" if extension == ".csv" else "text/plain"


def display_name(name: str) -> str:
    """Return the name for showing: no folders, no controls, no direction marks, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(" " if c in "\t\r\n" else c for c in last if c in "\t\r\n" or unicodedata.category(c)[0] != "C")
    clean = " ".join(kept.split()).strip(" .")
    if len(clean) <= LONGEST_NAME:
        return clean or "未命名"
    extension = PurePosixPath(clean).suffix
    if len(extension) > 10:
        extension = ""
    return clean[: LONGEST_NAME - len(extension)].rstrip() + extension


def _with_extension(name: str, media_type: str) -> str:
    """Return ``name`` with an extension that tells the truth, so that no system opens the file as something else."""
    known = EXTENSIONS[media_type]
    if PurePosixPath(name).suffix.lower() in known:
        return name
    return name[: LONGEST_NAME - len(known[0])] + known[0]
