"""Spreadsheets: written with real types, read without trust."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from app.domain.errors import RuleBroken

Value = str | int | Decimal | date | None

WIDEST = 48
LONGEST_TITLE = 31
MOST_BYTES = 10 * 1024 * 1024
UNPACKED = 20  # times as large, at most, is what a spreadsheet unpacks to
BAD = "不是有效的 xlsx 表格，请另存为 .xlsx 后再上传"
_FORMULA = ("=", "+", "-", "@")


def write(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]], foot: Iterable[Sequence[Value]] = ()
) -> bytes:
    """Return a workbook of one sheet: headings in bold, amounts and days as what they are, texts never as formulas."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "".join(" " if c in "[]:*?/\\" else c for c in title)[:LONGEST_TITLE]
    sheet.freeze_panes = "A2"
    for values in (columns, *rows, *foot):
        sheet.append([_kept(value) for value in values])
        for cell in sheet[sheet.max_row]:
            _dress(cell)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, heading in enumerate(columns, 1):
        longest = max(len(str(cell.value or "")) for cell in sheet[get_column_letter(place)])
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, max(len(heading) * 2, longest) + 4)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _kept(value: Value) -> Value:
    """Return a value as a cell may hold it: a text without control characters."""
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def _dress(cell: Any) -> None:
    if isinstance(cell.value, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(cell.value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(cell.value, str):
        cell.data_type = "s"  # also where it begins with "=": what people typed is never a formula
        cell.number_format = "@"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a spreadsheet: its number as the reader sees it, and its cells."""

    number: int
    cells: list[Any]


def read(file: BytesIO, columns: Sequence[str], *, most: int) -> list[Row]:
    """Return the rows below the headings ``columns`` of the first sheet, without empty ones.

    Raises ``RuleBroken`` for what is no spreadsheet, for other headings, merged cells, formulas, and more than ``most`` rows.
    """
    _refuse_bombs(file)
    try:
        book = load_workbook(file, data_only=False)
    except Exception as error:
        raise RuleBroken(BAD, field="file") from error
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        raise RuleBroken(BAD, field="file")
    for merged in sheet.merged_cells.ranges:
        raise RuleBroken("表格中有合并的单元格（%(where)s），请取消合并", field="file", where=str(merged))
    if sheet.max_row > most + 1:
        raise RuleBroken("表格超过 %(most)s 行，请分成几个文件", field="file", most=most)
    headings = [str(cell.value or "").strip() for cell in sheet[1]]
    if headings[: len(columns)] != list(columns):
        raise RuleBroken("表头应当依次是：%(columns)s", field="file", columns="、".join(columns))
    rows = []
    for cells in sheet.iter_rows(min_row=2, max_col=len(columns)):
        if any(cell.data_type == "f" for cell in cells):
            raise RuleBroken("第 %(n)s 行有公式，请改为数值", field="file", n=cells[0].row)
        values = [_plain(cell) for cell in cells]
        if any(value not in (None, "") for value in values):
            rows.append(Row(cells[0].row, values))
    return rows


def _plain(cell: Cell | Any) -> Any:
    value = cell.value
    return value.strip() if isinstance(value, str) else value


def _refuse_bombs(file: BytesIO) -> None:
    """Refuse what is no ZIP, and one that would unpack to far more than it is."""
    size = len(file.getbuffer())
    if size > MOST_BYTES:
        raise RuleBroken("表格不能超过 10 MB", field="file")
    try:
        with zipfile.ZipFile(file) as package:
            unpacked = sum(one.file_size for one in package.infolist())
    except zipfile.BadZipFile as error:
        raise RuleBroken(BAD, field="file") from error
    if unpacked > max(size * UNPACKED, MOST_BYTES * UNPACKED // 10):
        raise RuleBroken(BAD, field="file")
    file.seek(0)
