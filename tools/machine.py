"""This machine: where things lie, how programs are started, and what has been done already."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def say(text: str) -> None:
    """Tell the person at the terminal what goes on."""
    print(f"· {text}", flush=True)


def stop(chinese: str, english: str) -> NoReturn:
    """End with one plain sentence."""
    sys.exit(f"{chinese}\n{english}")


def start(*command: str | Path, environment: Mapping[str, str] | None = None) -> None:
    """Run a command in the product's folder; a failure ends everything, after what the command itself has said."""
    words = [str(word) for word in command]
    if subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode:
        stop(f"这一步没有成功：{' '.join(words)}", f"This step failed: {' '.join(words)}")


def as_root(*command: str) -> bool:
    """Run a command as root, if this person may without being asked for a password; say whether it worked."""
    before = () if os.geteuid() == 0 else ("sudo", "-n")
    if before and shutil.which("sudo") is None:
        return False
    return subprocess.run([*before, *command], cwd=ROOT, check=False, stdin=subprocess.DEVNULL).returncode == 0


def install_debian_packages(*names: str) -> bool:
    """Install packages of Debian, where that can be done; say whether it worked."""
    if shutil.which("apt-get") is None:
        return False
    install = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends")
    return as_root("apt-get", "update", "-q") and as_root(*install, *names)


def fingerprint(files: Iterable[Path], *also: str) -> str:
    """Return a value that changes when any of the files, their names or the other texts change."""
    sum_ = hashlib.sha256("\0".join(also).encode())
    for file in sorted(files):
        sum_.update(f"\0{file.relative_to(ROOT)}\0".encode())
        sum_.update(file.read_bytes())
    return sum_.hexdigest()


def files_below(*folders: Path) -> list[Path]:
    """Return every file below the folders, but what Python compiled."""
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if path.suffix != ".pyc"]


class Done:
    """A note, beside a result, of what it was made from: work is skipped only when it would be made from the same."""

    def __init__(self, note: Path, of: str) -> None:
        self.note, self.of = note, of

    def __bool__(self) -> bool:
        return self.note.exists() and self.note.read_text() == self.of

    def keep(self) -> None:
        """Write the note; call it when the work is finished."""
        self.note.write_text(self.of)
