"""Measure, print one table, keep the figures as JSON: ``python -m bench [--quick] [--only NAME]``."""

from __future__ import annotations

import argparse
import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import bare, clockwork, inbox, over_http, reporting, shares, worker
from bench.figures import Figure
from bench.house import sites
from bench.register import MEASURES, Round

DATABASES = ("SQLite", "PostgreSQL")

__all__ = ["bare", "clockwork", "inbox", "main", "over_http", "shares", "worker"]


def main() -> None:
    """Measure what is asked for on both databases."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="small sizes and few tries; shows that it works")
    asked.add_argument("--only", action="append", choices=sorted(MEASURES), metavar="NAME", help=", ".join(MEASURES))
    asked.add_argument("--database", action="append", choices=DATABASES, help="one database only")
    asked.add_argument(
        "--disk", type=Path, metavar="FOLDER", help="where the databases lie (usually the folder for temporary files)"
    )
    given = asked.parse_args()
    tempfile.tempdir = str(given.disk) if given.disk else None  # both databases are made among the temporary files
    with tempfile.TemporaryDirectory(prefix="bench") as folder, sites(Path(folder)) as site:
        rounds = [Round(site, database, given.quick) for database in given.database or DATABASES]
        figures = list(_figures(rounds, given.only or list(MEASURES)))
        versions = reporting.machine(site)
    print(reporting.table(figures))
    print(reporting.keep(figures, versions, quick=given.quick))


def _figures(rounds: list[Round], names: list[str]) -> Iterator[Figure]:
    for name in names:
        for asked in rounds:
            reporting.says(f"{name} · {asked.database}")
            gc.collect()
            yield from MEASURES[name](asked)


if __name__ == "__main__":
    main()
