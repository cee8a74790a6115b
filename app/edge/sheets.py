"""Spreadsheets over HTTP: one that was sent, and one that is handed out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from urllib.parse import quote

from flask import Request, Response

from app.domain.errors import RuleBroken
from app.services import sheets
from app.services.sheets import Value

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sent(request: Request) -> bytes:
    """Return the bytes of the spreadsheet in the field ``file``; raises ``RuleBroken`` where there is none."""
    file = request.files.get("file")
    data = file.read() if file is not None and file.filename else b""
    if not data:
        raise RuleBroken("请选择表格文件", field="file")
    return data


def spreadsheet(name: str, columns: Sequence[str], lines: Iterable[Sequence[Value]]) -> Response:
    """Return a list as a spreadsheet to be saved under ``name`` (without ending); whole figures have no fraction."""
    return handed_out(sheets.write(name, columns, ([_figure(v) for v in line] for line in lines)), f"{name}.xlsx")


def _figure(value: Value) -> Value:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def handed_out(data: bytes, name: str) -> Response:
    """Return a spreadsheet to be saved under ``name``."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(data, mimetype=XLSX, headers=headers)
