"""How many pages a PDF has, for the index of a case file."""

from __future__ import annotations

import logging
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

# What it says about sloppy but readable files is of no use to anybody here.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def count(data: bytes) -> int | None:
    """Return the number of pages, or ``None`` where the file does not tell."""
    try:
        return len(PdfReader(BytesIO(data)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
