"""Reading a rendered letter."""

from __future__ import annotations

import io

from pypdf import PdfReader


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Return the words of the letter; where its lines break says nothing."""
    pages = read(pdf).pages
    return "".join("".join(page.extract_text().split()) for page in pages).replace("\u200b", "")
