"""The catalogue of the interface: collected from code and templates, translated by people, compiled for use.

A text's Chinese is its key. In Python every Chinese literal is one, wherever it stands (labels, refusals, forms): what
is shown is often made far from where it is said. ``[tool.babel]`` in pyproject.toml says which files are read.
"""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from tools.machine import PYTHON, ROOT, say, start

TRANSLATIONS = ROOT / "app" / "translations"
CATALOGUE = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
BABEL = (PYTHON, "-m", "babel.messages.frontend")
QUIET = (*BABEL, "--quiet")
CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")  # with its punctuation
PLURAL = ("ngettext", "lazy_ngettext")
PATTERN = re.compile(r"[\\^$\[]|\{\}|<!doctype")  # a regular expression, a frame of markup: not said as it stands
# Pieces of numbers, of amounts and of dates.
PLAIN = frozenset(
    {"号", "万", "亿", "仟", "佰", "拾", "零壹贰叁肆伍陆柒捌玖", "十", "两", "个", "〇一二三四五六七八九"}
    | {"百", "千", "零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "某"}
    | {"一二三四五六七八九十", "佛知", "快调", "裁", "奖", "y年M月d日 HH:mm"}
)

Message = tuple[int, str | None, str | tuple[str, ...], list[str]]  # line, function, texts, comments: as Babel wants it


def translate() -> None:
    """Compile the catalogues that are newer than their compiled form."""
    for catalogue in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        say(f"编译译文 · compiling {catalogue.relative_to(ROOT)}")
        start(*QUIET, "compile", "-i", catalogue, "-o", compiled)


def collect() -> None:
    """Bring the catalogue up to date with the code; what is new in it waits for a translation."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract(template)
        if CATALOGUE.exists():
            kept = ("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "--width=120")
            start(*QUIET, "update", *kept, "-l", "en", "-i", template, "-o", CATALOGUE)
        else:
            start(*QUIET, "init", "--width=120", "-l", "en", "-i", template, "-o", CATALOGUE)
    start(*BABEL, "compile", "--statistics", "-l", "en", "-d", TRANSLATIONS)


def extract(template: Path) -> None:
    """Write every text of the product to ``template``."""
    header = ("--project=Peiyou", "--header-comment=# The interface in English.", "--msgid-bugs-address=")
    places = ("--add-location=file", "--sort-by-file")
    start(*QUIET, "extract", "-F", "pyproject.toml", *header, *places, "-o", template, ".")
    start(PYTHON, "-m", "tools.names", template)


def texts(file: BinaryIO, *_asked: object, **_options: object) -> Iterator[Message]:
    """Give Babel the Chinese literals of a Python file, and the pairs of ``ngettext``."""
    tree = ast.parse(file.read())
    taken: set[ast.AST] = set(_unspoken(tree))
    for node in ast.walk(tree):
        pair = _pair(node)
        if pair:
            taken.update(pair)
            yield pair[0].lineno, "ngettext", tuple(str(text.value) for text in pair), []
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in taken
            and _is_text(node.value)
        ):
            yield node.lineno, None, node.value, []


def _unspoken(tree: ast.AST) -> Iterable[ast.AST]:
    """Docstrings; the pieces of f-strings, which cannot be looked up; what has its English beside it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Call):
            yield from (chinese for chinese, beside in pairwise(node.args) if _is_english(beside))


def _is_english(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isascii()


def _pair(node: ast.AST) -> list[ast.Constant]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLURAL):
        return []
    return [text for text in node.args[:2] if isinstance(text, ast.Constant)]


def _is_text(value: str) -> bool:
    return bool(CHINESE.search(value)) and not PATTERN.search(value) and value not in PLAIN


if __name__ == "__main__":
    collect()
