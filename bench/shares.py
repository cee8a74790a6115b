"""Where the processor time of one completed task goes, from the request to the answer, by whose code it is."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from time import thread_time
from typing import Any

from werkzeug.test import Client

from bench import forms
from bench.figures import Figure
from bench.house import ROOT
from bench.register import Round, measure

PARTS = {
    "/sqlalchemy/": "SQLAlchemy",
    "/flask_sqlalchemy/": "SQLAlchemy",
    "/psycopg": "the driver of PostgreSQL",
    "/wtforms/": "the form",
    f"{ROOT}/forms/": "the form",
    "/SpiffWorkflow/": "the engine",
    f"{ROOT}/app/engine/": "the engine",
    f"{ROOT}/app/": "our own code",
    "/flask": "Flask and Werkzeug",
    "/werkzeug/": "Flask and Werkzeug",
}
OTHERS = "Python's own library"


@measure("shares")
def shares(asked: Round) -> Iterator[Figure]:
    """Complete tasks under a profiler that counts processor time, so that other work on the machine hardly matters."""
    profile = cProfile.Profile(thread_time)
    with asked.site.house(asked.database) as house:
        [token] = house.tokens(house.clerks[:1])
        headers = {"Authorization": f"Bearer {token}"}
        plain, watched = Client(house.app.wsgi_app), Client(_Watched(house.app.wsgi_app, profile))
        for n in range(asked.times(200) + 10):
            each = {**headers, "Idempotency-Key": str(n)}
            opened = plain.post("/api/v1/cases", json=_START, headers=each).json
            path = f"/api/v1/tasks/{opened['tasks'][0]['id']}/complete"
            answer = (watched if n >= 10 else plain).post(path, json={"answers": forms.EIGHT}, headers=headers)
            assert answer.status_code == 200, answer.text
    found = _by_part(profile)
    for part, seconds in found.most_common():
        yield Figure(f"share of a completion: {part}", asked.database, 100 * seconds / found.total(), "%")


_START = {"process": "two_task", "answers": forms.START}


class _Watched:
    """A WSGI application under a profiler."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], profile: cProfile.Profile) -> None:
        self.inner, self.profile = inner, profile

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.profile.enable()
        try:
            return self.inner(environ, start_response)
        finally:
            self.profile.disable()


def _by_part(profile: cProfile.Profile) -> Counter[str]:
    """Return the seconds spent in each part; what is written in C belongs to whoever called it."""
    found: Counter[str] = Counter()
    for (file, _line, _name), (_calls, _all, own, _below, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if file == "~":
            for (caller, *_), (*_, spent, _under) in callers.items():
                found[_part(caller)] += spent
        else:
            found[_part(file)] += own
    return found


def _part(file: str) -> str:
    return next((part for where, part in PARTS.items() if where in file), OTHERS)
