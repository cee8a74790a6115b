"""The store of files: each lies under the SHA-256 of its bytes, written whole or not at all, never changed."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

CHUNK = 1024 * 1024
ADDRESS = re.compile(r"[0-9a-f]{64}")
PREFIXES = tuple(f"{n:02x}" for n in range(256))  # the folders that the addresses are spread over
INCOMING = ".incoming-"  # what is still being written


class StoreFailed(Exception):
    """The disk did not take the file, or no folder is set; nothing of the file was kept."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a file lies and how long it is."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Lying:
    """A file in the folder: its length, and since when it has been there."""

    size: int
    written_at: datetime


class Store:
    """A folder of files, each addressed by its content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes | BinaryIO) -> Stored:
        """Keep ``content`` and return its address. The same content again is the same file."""
        stream = BytesIO(content) if isinstance(content, bytes) else content
        temporary: Path | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=INCOMING)
            temporary = Path(name)
            with os.fdopen(handle, "wb") as out:
                stored = _copied(stream, out)
            self._place(temporary, stored.sha256)
        except OSError as error:
            raise StoreFailed("文件没有保存成功，请稍后再试") from error
        finally:
            if temporary is not None:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        return stored

    def _place(self, temporary: Path, sha256: str) -> None:
        target = self._path(sha256)
        if target.is_file() and self.verify(sha256):
            return
        target.parent.mkdir(exist_ok=True)
        temporary.chmod(0o440)
        temporary.replace(target)
        _sync_folder(target.parent)
        _sync_folder(self.folder)

    def check(self, room: int) -> None:
        """Raise ``StoreFailed`` with what is wrong where a file of ``room`` bytes could not be kept now."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=INCOMING) as probe:
                probe.write(b"peiyou")
            free = shutil.disk_usage(self.folder).free
        except OSError as error:
            raise StoreFailed("文件目录不能写入，请检查磁盘和权限") from error
        if free < room:
            raise StoreFailed("文件目录所在的磁盘快满了")

    def open(self, sha256: str) -> BinaryIO:
        """Return the file at this address for reading. Raises ``FileNotFoundError`` where there is none."""
        return self._path(sha256).open("rb")

    def remove(self, sha256: str) -> bool:
        """Remove the file at this address and say whether there was one. Only ``services.files`` knows when it may go."""
        path = self._path(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        _sync_folder(path.parent)
        return True

    def lying(self, prefix: str) -> dict[str, Lying]:
        """Return by address the files whose address begins with one of ``PREFIXES``."""
        found = _looked_at((self.folder / prefix).glob(prefix + "*"))
        return {path.name: file for path, file in found if ADDRESS.fullmatch(path.name)}

    def clear_unfinished(self, before: datetime) -> int:
        """Remove what was begun before this moment and never finished; return how many there were."""
        left = [path for path, file in _looked_at(self.folder.glob(INCOMING + "*")) if file.written_at < before]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def verify(self, sha256: str) -> bool:
        """Say whether the file is there and its bytes still have this hash."""
        try:
            with self._path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def _path(self, sha256: str) -> Path:
        if not ADDRESS.fullmatch(sha256):
            raise FileNotFoundError(sha256)
        return self.folder / sha256[:2] / sha256


def _copied(stream: BinaryIO, out: BinaryIO) -> Stored:
    """Copy to the disk, not only to its cache, and return hash and length."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        out.write(chunk)
    out.flush()
    os.fsync(out.fileno())
    return Stored(digest.hexdigest(), size)


def _looked_at(paths: Iterable[Path]) -> Iterator[tuple[Path, Lying]]:
    """Return what each file is like that is still there."""
    for path in paths:
        with suppress(FileNotFoundError):
            about = path.stat()
            yield path, Lying(about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))


def _sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_store: Store | None = None


def use(folder: Path) -> None:
    """Keep the files of this installation under ``folder``."""
    global _store
    _store = Store(folder)


def _current() -> Store:
    if _store is None:
        raise StoreFailed("没有设置文件目录")
    return _store


def put(content: bytes | BinaryIO) -> Stored:
    """Keep ``content`` in this installation's store; see ``Store.put``."""
    return _current().put(content)


def check(room: int) -> None:
    """Raise ``StoreFailed`` where a file of this length could not be kept; see ``Store.check``."""
    _current().check(room)


def open(sha256: str) -> BinaryIO:
    """Return a file of this installation's store for reading; see ``Store.open``."""
    return _current().open(sha256)


def verify(sha256: str) -> bool:
    """Say whether a file of this installation's store is whole; see ``Store.verify``."""
    return _current().verify(sha256)


def remove(sha256: str) -> bool:
    """Remove a file of this installation's store; see ``Store.remove``."""
    return _current().remove(sha256)


def lying(prefix: str) -> dict[str, Lying]:
    """Return the files of this installation's store under a prefix; see ``Store.lying``."""
    return _current().lying(prefix)


def clear_unfinished(before: datetime) -> int:
    """Remove what was never finished in this installation's store; see ``Store.clear_unfinished``."""
    return _current().clear_unfinished(before)
