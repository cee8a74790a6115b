"""Several people, or one with several windows, at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from app.models import db
from tests.flows.office import Office, Person


def at_once(app: Flask, times: int, what: Callable[[int], Any]) -> list[Any]:
    """Do something several times at the same moment, each in a thread and a database session of its own."""
    gate = threading.Barrier(times)

    def one(n: int) -> Any:
        gate.wait(timeout=20)
        with app.app_context():
            return what(n)

    db.session.rollback()  # what the test has open must not keep the others waiting
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def posts(office: Office, person: Person, path: str, content: Any, key: str = "") -> int:
    """Post with a client of its own, under a key of its own where one is given, and return the status."""
    headers = {**person.headers(), **({"Idempotency-Key": key} if key else {})}
    answer = office.app.test_client().post(f"/api/v1{path}", json=content, headers=headers)
    return answer.status_code
