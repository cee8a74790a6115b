"""Run the tests: ``python -m tools.tests [what pytest takes]``. A browser is found, or installed, for the journeys.

The tests are told in the environment: PEIYOU_CHROMIUM is the browser's program; PEIYOU_NO_BROWSER=1 says there is none.
"""

from __future__ import annotations

import os
import shutil
import sys

from tools.machine import PYTHON, ROOT, install_debian_packages, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WITHOUT_BROWSER = """
!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
!! 没有浏览器，也无法安装：浏览器测试不会运行。请安装 Chromium（Debian：apt-get install chromium）。
!! THE BROWSER TESTS DO NOT RUN: there is no Chromium and it could not be installed.
!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
"""


def browser() -> str | None:
    """Return the program of a Chromium, installed now if need be and possible."""
    found = _found()
    if found is None:
        say("安装 Chromium 供浏览器测试使用 · installing Chromium for the journeys")
        install_debian_packages("chromium", "fonts-noto-cjk")
        found = _found()
    return found


def _found() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def main(words: list[str]) -> None:
    """Hand over to pytest: two at a time, unless told otherwise."""
    os.chdir(ROOT)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PEIYOU_")}
    chromium = os.environ.get("PEIYOU_CHROMIUM") or browser()
    if chromium:
        environment["PEIYOU_CHROMIUM"] = chromium
    else:
        print(WITHOUT_BROWSER, file=sys.stderr, flush=True)
        environment["PEIYOU_NO_BROWSER"] = "1"
    options = [] if any(word.startswith("-n") for word in words) else ["-n", "2", "--dist", "loadfile"]
    os.execve(PYTHON, [str(PYTHON), "-m", "pytest", *options, *words], environment)


if __name__ == "__main__":
    main(sys.argv[1:])
