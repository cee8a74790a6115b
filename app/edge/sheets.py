"""Spreadsheets over HTTP: one that was sent, and one that is handed out."""

from __future__ import annotations

from urllib.parse import quote

from flask import Request, Response

from app.domain.errors import RuleBroken

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sent(request: Request) -> bytes:
    """Return the bytes of the spreadsheet in the field ``file``; raises ``RuleBroken`` where there is none."""
    file = request.files.get("file")
    data = file.read() if file is not None and file.filename else b""
    if not data:
        raise RuleBroken("请选择表格文件", field="file")
    return data


def handed_out(data: bytes, name: str) -> Response:
    """Return a spreadsheet to be saved under ``name``."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(data, mimetype=XLSX, headers=headers)
