"""Check an archived case file by itself: every file's hash and the chain of events. Needs Python 3.9 or later and nothing else.

    python verify.py ARCHIVE.zip [SHA-256 of the ZIP, as the case page shows it]

The ZIP may be unpacked: give its folder instead. Ends with 0 where all is as it was archived, else with 1.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
CHUNK = 1024 * 1024
Wrong = tuple[str, str]  # Chinese, English
UNREADABLE = (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError, IndexError, RuntimeError)


class Folder:
    """An archive that has been unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        """Return the path of every file in it."""
        return [p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if p.is_file()]

    def open(self, name: str) -> IO[bytes]:
        """Return one file for reading."""
        return (self.path / name).open("rb")


class Packed:
    """An archive as it was downloaded."""

    def __init__(self, path: Path) -> None:
        self.file = zipfile.ZipFile(path)

    def names(self) -> list[str]:
        """Return the path of every file in it."""
        return self.file.namelist()

    def open(self, name: str) -> IO[bytes]:
        """Return one file for reading."""
        return self.file.open(name)


def digest(stream: IO[bytes]) -> str:
    """Return the SHA-256 of all that can be read."""
    found = hashlib.sha256()
    while True:
        chunk = stream.read(CHUNK)
        if not chunk:
            return found.hexdigest()
        found.update(chunk)


def check(path: str | Path, expected: str = "") -> list[Wrong]:
    """Return what is wrong with the archive, each in Chinese and English; nothing where it is whole."""
    path = Path(path)
    try:
        if expected:
            with path.open("rb") as whole:
                if digest(whole) != expected.lower():
                    return [("压缩包与立卷时的不是同一个文件", "The ZIP is not the one that was made at archiving")]
        archive: Folder | Packed = Folder(path) if path.is_dir() else Packed(path)
        with archive.open(MANIFEST) as stream:
            manifest = json.loads(stream.read().decode("utf-8"))
        return list(wrong_files(archive, manifest["files"])) + list(wrong_events(manifest))
    except UNREADABLE as error:
        return [(f"档案无法读取：{error}", f"The archive cannot be read: {error}")]


def wrong_files(archive: Folder | Packed, listed: list[Any]) -> Iterator[Wrong]:
    """Name each file that is missing, changed, listed twice or not listed."""
    there = archive.names()
    for name in sorted({n for n in there if there.count(n) > 1}):
        yield f"文件重复：{name}", f"There are two files of one name: {name}"
    for one in listed:
        name = one["path"]
        if name not in there:
            yield f"缺少文件：{name}", f"A file is missing: {name}"
            continue
        try:
            with archive.open(name) as stream:
                same = digest(stream) == one["sha256"]
        except UNREADABLE:
            same = False
        if not same:
            yield f"文件被改动：{name}", f"A file has been changed: {name}"
    known = {one["path"] for one in listed} | {MANIFEST}
    for name in sorted(set(there) - known):
        if not name.endswith("/"):
            yield f"多出文件：{name}", f"A file does not belong here: {name}"


def wrong_events(manifest: dict[str, Any]) -> Iterator[Wrong]:
    """Name the first event that does not follow from the one before it, and an end that is missing."""
    chain, previous, place = manifest["chain"], "", 0
    for event in manifest["events"]:
        place += 1
        content = json.loads(event["content"])
        if content[0] != manifest["case"]:
            yield f"第 {place} 条记录属于别的案件", f"Event {place} is of another case"
            return
        if content[1] != place or content[-1] != previous or event["previous"] != previous:
            yield f"第 {place} 条记录缺失或者次序不对", f"Event {place} is missing or out of order"
            return
        if hashlib.sha256(event["content"].encode("utf-8")).hexdigest() != event["hash"]:
            yield f"第 {place} 条记录被改动", f"Event {place} has been changed"
            return
        previous = event["hash"]
    if place != chain["count"] or previous != chain["head"]:
        yield "末尾的记录缺失", "Events are missing at the end"


def main(arguments: list[str]) -> int:
    """Check the archive that is named and say in both languages how it stands."""
    if len(arguments) not in (1, 2):
        print("用法 · Usage: python verify.py ARCHIVE.zip [SHA-256]")
        return 1
    wrong = check(*arguments)
    for chinese, english in wrong:
        print(f"✗ {chinese} · {english}")
    if not wrong:
        print("✓ 文件和办理记录都与立卷时一致 · All files and events are as they were archived")
        if len(arguments) == 1:
            print("  压缩包的哈希请与案件页面上的核对 · Compare the hash of the ZIP with the case page, too")
    return 1 if wrong else 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
