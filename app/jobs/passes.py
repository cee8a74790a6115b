"""Everything that is due, in this process and without a queue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.jobs import runs
from app.jobs.kinds import KINDS, NIGHTLY, Kind
from config import Config

AT_ONCE = 100
ROUNDS = 50  # what is done may make more due; it never does so for ever


@dataclass(slots=True)
class Counts:
    """How many rows of each kind were done, how many were left (broken, or in somebody's hands), and the night's."""

    done: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    nightly: dict[str, dict[str, int]] = field(default_factory=dict)


def run_due(session: Session, config: Config) -> Counts:
    """Do what is due, kind after kind, until nothing is. Commits each row; what breaks is left for later."""
    counts = Counts()
    for _ in range(ROUNDS):
        if not sum(_pass(session, config, kind, counts) for kind in KINDS):
            break
    for name in runs.nightly_due(session, NIGHTLY):
        counts.nightly[name] = NIGHTLY[name](session)
        runs.note(session, {name: counts.nightly[name]})
    touched = {kind.name for kind in KINDS if counts.done[kind.name] or counts.left[kind.name]}
    if touched:
        runs.note(session, {n: {"done": counts.done[n], "left": counts.left[n]} for n in sorted(touched)})
    return counts


def _pass(session: Session, config: Config, kind: Kind, counts: Counts) -> int:
    done = 0
    for row_id in kind.due(session, AT_ONCE):
        well = kind.do(session, row_id, config)
        (counts.done if well else counts.left)[kind.name] += 1
        done += well
    return done
