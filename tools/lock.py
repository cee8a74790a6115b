"""Pin every package anew: Python's in requirements/*.txt, npm's in package-lock.json, each with its hash.

``python -m tools.lock --upgrade`` takes the newest versions; without it what is pinned stays, as far as it fits.
"""

from __future__ import annotations

import os
import re
import sys

from tools.assets import lock_packages
from tools.machine import PYTHON, ROOT, say, start, stop

LOCKED = ("requirements/app.txt", "requirements/test.txt", "package-lock.json")
# neither where a package came from nor a folder of this machine belongs into a file that everybody uses
ADDRESS = re.compile(r'"resolved"|--(extra-)?index-url|--find-links|--trusted-host|file:/|@ http', re.IGNORECASE)
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
)


def main(words: list[str]) -> None:
    """Pin Python's packages, then npm's, then look whether an address slipped in."""
    # hashes are the registry's own, not those of files that lie about on this machine
    environment = {name: value for name, value in os.environ.items() if name != "PIP_FIND_LINKS"}
    environment["PIP_CONFIG_FILE"] = os.devnull
    for name in ("app", "test"):
        say(f"requirements/{name}.txt")
        files = (f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt")
        start(PYTHON, "-m", "piptools", "compile", *OPTIONS, *words, *files, environment=environment)
    say("package-lock.json")
    lock_packages()
    for name in LOCKED:
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1):
            if ADDRESS.search(line):
                stop(f"{name} 第 {number} 行有地址：{line}", f"There is an address in {name}, line {number}: {line}")


if __name__ == "__main__":
    main(sys.argv[1:])
