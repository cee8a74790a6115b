"""How many pages a PDF has, for the index of a case file."""

from __future__ import annotations

import logging
import struct
import zlib
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

# What it says about sloppy but readable files is of no use to anybody here.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

UNREADABLE = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
MOST_NODES = 20_000
# A file without a cross-reference table is read as viewers read it: by looking for its objects from the first to the last.
WITHOUT_TABLE = b"\nstartxref\n0\n%%EOF\n"


def opened(data: bytes) -> PdfReader:
    """Return the file as read by a library. Raises one of ``UNREADABLE`` where there is no document in it."""
    reader = PdfReader(BytesIO(data if b"startxref" in data[-2048:] else data + WITHOUT_TABLE))
    if not isinstance(reader.trailer.get("/Root"), DictionaryObject):
        reader.root_object  # noqa: B018 - looked for, or an error
    return reader


def count(data: bytes) -> int | None:
    """Return the number of pages, or ``None`` where the file does not tell.

    Every node of the tree of pages is looked at once, however often others name it, and no more of them than a case
    file would ever have: a small file cannot keep anybody busy.
    """
    try:
        tree = opened(data).root_object.raw_get("/Pages")
        return _pages(tree)
    except UNREADABLE:
        return None


def _pages(tree: Any) -> int | None:
    waiting, seen, pages = [tree], set(), 0
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
            if len(seen) > MOST_NODES:
                return None
            node = node.get_object()
        if not isinstance(node, DictionaryObject):
            return None
        kids = node.get("/Kids")
        if kids is None:
            pages += 1
        elif len(kids) > MOST_NODES:
            return None
        else:
            waiting += kids
    return pages or None
