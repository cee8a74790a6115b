"""Typst in a process of its own, gone when the page is set: fonts and caches weigh more than all the rest of the product.

The same file is both ends: ``compiled`` starts it as a program that reads what to set and writes a PDF.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 60  # seconds; a letter takes a fraction of one


class NotSet(Exception):
    """The letter could not be set; the message is Typst's."""


def compiled(template: Path, fonts: Path, inputs: Mapping[str, str]) -> bytes:
    """Return the PDF/A-2b of a template that lies among its kind. Raises ``NotSet``."""
    asked = json.dumps({"template": str(template), "fonts": str(fonts), "inputs": dict(inputs)})
    try:
        done = subprocess.run(  # noqa: S603 - ourselves; no Python path of the environment reaches it
            [sys.executable, "-I", __file__], input=asked.encode(), capture_output=True, timeout=PATIENCE, check=True
        )
    except subprocess.CalledProcessError as error:
        raise NotSet(error.stderr.decode(errors="replace")[-1000:]) from error
    except subprocess.TimeoutExpired as error:
        raise NotSet(f"not done after {PATIENCE} seconds") from error
    return done.stdout


def _set_what_is_asked() -> None:
    import typst

    asked = json.load(sys.stdin.buffer)
    template = Path(asked["template"])
    try:
        page = typst.compile(
            template,
            root=template.parent,
            font_paths=[asked["fonts"]],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="a-2b",
            sys_inputs=asked["inputs"],
        )
    except RuntimeError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(page)


if __name__ == "__main__":
    _set_what_is_asked()
