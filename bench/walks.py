"""Drive cases by chance through the services, by seed: ``python -m bench.walks [--first N] [--last N] [--processes N]``.

Each walk is one of ``tests/walks``: what must be true of a case is looked at after every act. A walk that is noted in the
file of results is not walked again, so a run that was stopped goes on where it stood.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from app import clock, create_app
from app.models import db
from tests.conftest import Today, config, prepare
from tests.flows.tribunal import Tribunal, build_tribunal
from tests.walks.walking import Walk, files_of

RESULTS = Path(__file__).parent / "results" / "walks.jsonl"
TOGETHER = 5  # walks in one office: as many as are lost when a run is stopped


def main() -> int:
    """Walk what has not been walked yet; say how many came to which end, and which went wrong."""
    asked = argparse.ArgumentParser(prog="python -m bench.walks", description=__doc__)
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    asked.add_argument("--last", type=int, default=10_000, help="the last seed")
    asked.add_argument("--processes", type=int, default=2, help="how many walk at the same time")
    asked.add_argument("--results", type=Path, default=RESULTS, help="where each walk is noted")
    given = asked.parse_args()
    given.results.parent.mkdir(parents=True, exist_ok=True)
    known = {one["seed"]: one for one in _noted(given.results)}
    wanted = [seed for seed in range(given.first, given.last + 1) if seed not in known]
    chunks = [wanted[n : n + TOGETHER] for n in range(0, len(wanted), TOGETHER)]
    began = time.perf_counter()
    with get_context("spawn").Pool(given.processes, maxtasksperchild=10) as pool, given.results.open("a") as kept:
        for found in pool.imap_unordered(walk, chunks):
            for one in found:
                known[one["seed"]] = one
                kept.write(json.dumps(one, ensure_ascii=False) + "\n")
            kept.flush()
    return _report([known[n] for n in range(given.first, given.last + 1)], len(wanted), time.perf_counter() - began)


def _noted(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        yield from (json.loads(line) for line in path.read_text().splitlines())


def _report(found: list[dict[str, Any]], walked: int, seconds: float) -> int:
    wrong = [one for one in found if one["wrong"]]
    ends = Counter(one["end"] for one in found if not one["wrong"])
    print(f"{walked} walks in {seconds:.0f} s; {len(found)} in all, {sum(one['steps'] for one in found)} steps")
    for end, number in ends.most_common():
        print(f"{number:6} {end}")
    for one in wrong:
        print(f"seed {one['seed']}:\n{one['wrong']}")
    return 1 if wrong else 0


def walk(seeds: list[int]) -> list[dict[str, Any]]:
    """Walk under each of the seeds in an office of their own."""
    with tempfile.TemporaryDirectory(prefix="walks") as folder, _tribunal(Path(folder)) as tribunal:
        files = files_of(tribunal)
        return [_one(Walk(tribunal, seed, files)) for seed in seeds]


@contextmanager
def _tribunal(folder: Path) -> Iterator[Tribunal]:
    began, asked = clock.now(), count()
    clock._instant = lambda: began + timedelta(microseconds=next(asked))  # noqa: SLF001 - no two alike
    app = create_app(config(folder))
    with app.app_context():
        prepare(db.session())
        Today().is_at("2024-03-01 10:00")
        yield build_tribunal(app, db.session())
        db.session.remove()
        db.engine.dispose()
    clock.set_shift(timedelta(0))


def _one(one: Walk) -> dict[str, Any]:
    wrong = end = ""
    try:
        one.goes()
        end = one.case.state
    except Exception:  # noqa: BLE001 - whatever it is, it is reported and the next one walks
        wrong = traceback.format_exc()
    return {"seed": one.seed, "end": end, "steps": len(one.steps), "refused": one.refused, "wrong": wrong}


if __name__ == "__main__":
    raise SystemExit(main())
