"""Typst in a process of its own, gone when the page is set: fonts and caches weigh more than all the rest of the product.

The same file is both ends: ``compiled`` starts it as a program that reads what to set and writes a PDF.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds; a letter takes a fraction of one

# A command that sets hundreds of letters and then ends keeps Typst and its fonts to itself, and starts nothing for each.
in_this_process: ContextVar[bool] = ContextVar("in_this_process", default=False)


class NotSet(Exception):
    """The letter could not be set; the message is Typst's."""


def compiled(template: Path, fonts: Path, inputs: Mapping[str, str]) -> bytes:
    """Return the PDF/A-2b of a template that lies among its kind. Raises ``NotSet``."""
    asked = {"template": str(template), "fonts": str(fonts), "inputs": dict(inputs)}
    if in_this_process.get():
        return _page(asked)
    try:
        done = subprocess.run(  # noqa: S603 - ourselves; no Python path of the environment reaches it
            [sys.executable, "-I", __file__],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise NotSet(error.stderr.decode(errors="replace")[-1000:]) from error
    except subprocess.TimeoutExpired as error:
        raise NotSet(f"not done after {PATIENCE} seconds") from error
    return done.stdout


def _page(asked: Mapping[str, Any]) -> bytes:
    import typst

    template = Path(asked["template"])
    page: bytes = typst.compile(
        template,
        root=template.parent,
        font_paths=[asked["fonts"]],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="a-2b",
        sys_inputs=asked["inputs"],
    )
    return page


def _set_what_is_asked() -> None:
    try:
        page = _page(json.load(sys.stdin.buffer))
    except RuntimeError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(page)


if __name__ == "__main__":
    _set_what_is_asked()
