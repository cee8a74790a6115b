"""Pages of awards for tests: who is at which browser, and spreadsheets as they are sent and read."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.flows.awarding import AwardOffice
from tests.flows.office import PASSWORD, Person
from tests.web.browser import Browser

# who has which name in an ``AwardOffice``; the first five have to do with awards
INSIDE = ("reviewer", "head", "purse", "director", "officer")
OUTSIDE = ("requester", "respondent", "stranger", "clerk", "mediator", "expert")


def person(office: AwardOffice, name: str) -> Person:
    """Return who has this part in the office."""
    several = {"reviewer": office.reviewers, "expert": office.experts}
    found: Person = several[name][0] if name in several else getattr(office, name)
    return found


def browser_of(office: AwardOffice, who: str | Person) -> Browser:
    """Return the browser of somebody who has signed in."""
    browser = Browser(office.app)
    browser.logs_in((person(office, who) if isinstance(who, str) else who).username, PASSWORD)
    return browser


def sheet(columns: Sequence[str], rows: Sequence[Sequence[Any]], merged: str = "") -> bytes:
    """Return a spreadsheet as somebody else may have made it: texts that begin with "=" are formulas."""
    book = Workbook()
    for values in (columns, *rows):
        book.active.append(list(values))
    if merged:
        book.active.merge_cells(merged)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent(data: bytes, name: str = "表格.xlsx") -> dict[str, Any]:
    """Return a form with this file."""
    return {"file": (BytesIO(data), name)}


def opened(data: bytes) -> Any:
    """Return the first sheet of a spreadsheet."""
    return load_workbook(BytesIO(data)).active


def bad_sheets(columns: Sequence[str], good: Sequence[Any]) -> dict[str, tuple[bytes, str]]:
    """Return files that are refused as a whole, each with what is said of it."""
    return {
        "wrong headings": (sheet(("甲", *columns[1:]), [good]), "表头应当依次是"),
        "merged cells": (sheet(columns, [good, good], "A2:A3"), "合并的单元格（A2:A3）"),
        "formula": (sheet(columns, [["=1+1", *good[1:]]]), "第 2 行有公式"),
        "no spreadsheet": (b"%PDF-1.7 not a table", "不是有效的 xlsx 表格"),
        "too long": (sheet(columns, [good] * 3000), "超过 2000 行"),
        "nothing": (b"", "请选择表格文件"),
    }
