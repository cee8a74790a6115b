"""The virtual environment and the pinned Python packages in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.machine import PYTHON, ROOT, VENV, Done, fingerprint, install_debian_packages, say, start, stop


def make_environment() -> None:
    """Make ``.venv``, unless a working one is there."""
    if _works():
        return
    say("建立 Python 环境 · making the Python environment")
    if not _runs(sys.executable, "import ensurepip, venv"):
        install_debian_packages("python3-venv")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode or not _works():
        stop(
            "无法建立 Python 环境，请先安装 python3-venv（Debian：apt-get install python3-venv）。",
            "The Python environment cannot be made; install python3-venv first (Debian: apt-get install python3-venv).",
        )


def _works() -> bool:
    # a folder that was moved keeps an environment whose scripts name the old place
    script = VENV / "bin" / "pip"
    if not script.exists() or str(VENV) not in script.read_text():
        return False
    return _runs(PYTHON, "import pip")


def _runs(python: str | Path, code: str) -> bool:
    try:
        return subprocess.run([python, "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:  # a link to a Python that is gone
        return False


def install(name: str) -> None:
    """Install ``requirements/<name>.txt``: exact versions, each checked against its hash."""
    pins = ROOT / "requirements" / f"{name}.txt"
    done = Done(VENV / f".installed-{name}", fingerprint([pins, VENV / "pyvenv.cfg"]))
    if done:
        return
    say(f"安装 Python 软件包 · installing Python packages ({pins.name})")
    start(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", pins)
    done.keep()
