"""The table and the file of the figures."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
import psycopg

from app import clock
from bench.figures import Figure
from bench.house import Site

RESULTS = Path(__file__).parent / "results"
PACKAGES = ("Flask", "SQLAlchemy", "psycopg", "SpiffWorkflow", "gunicorn")


def says(text: str) -> None:
    """Tell the person at the terminal what is being measured."""
    print(f"· {text}", file=sys.stderr, flush=True)


def machine(site: Site) -> dict[str, Any]:
    """Return what the figures were taken on."""
    with psycopg.connect(site.postgres) as connection:
        postgres = connection.info.server_version // 10000
    return {
        "at": clock.now().isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": postgres,
        "packages": {name: version(name) for name in PACKAGES},
    }


def keep(figures: list[Figure], versions: dict[str, Any], *, quick: bool) -> Path:
    """Write the figures to a file of their own and return where."""
    RESULTS.mkdir(exist_ok=True)
    content = {**versions, "quick": quick, "figures": [f.as_json() for f in figures]}
    path = RESULTS / f"{clock.now():%Y-%m-%d-%H%M%S}{'-quick' if quick else ''}.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def table(figures: list[Figure]) -> str:
    """Return the figures as one table: a line for each measure, both databases side by side."""
    databases = list(dict.fromkeys(f.database for f in figures))
    head = ["measure", *(f"{d} {c}" for d in databases for c in ("value", "p95", "stm", "com")), "aim", "reached"]
    names = list(dict.fromkeys(f.name for f in figures))
    return _aligned([head, *(_line(name, databases, figures) for name in names)])


def _line(name: str, databases: list[str], figures: list[Figure]) -> list[str]:
    found = {f.database: f for f in figures if f.name == name}
    cells = [cell for d in databases for cell in (_cells(found[d]) if d in found else ["", "", "", ""])]
    one = found.get("PostgreSQL") or next(iter(found.values()))
    aim = "" if one.aim is None else f"{'p95 ' * one.aim_at_p95}{'≥' if one.more_is_better else '≤'} {one.aim:g}"
    reached = {True: "yes", False: "NO", None: ""}[one.reached]
    return [name, *cells, aim, reached]


def _cells(figure: Figure) -> list[str]:
    value = f"{figure.value:.2f} {figure.unit}" if figure.value < 100 else f"{figure.value:.0f} {figure.unit}"
    return [
        value,
        *("" if v is None else f"{v:.{n}f}" for v, n in ((figure.p95, 2), (figure.statements, 0), (figure.commits, 0))),
    ]


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        " │ ".join(_padded(cell, width, n > 0) for n, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    return "\n".join([lines[0], "─┼─".join("─" * w for w in widths), *lines[1:]])


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
