"""Cases that are driven by chance through the services: never stuck, one state, every due date as a naive count has it.

``python -m bench.walks`` walks ten thousand.
"""

from __future__ import annotations

import pytest

from tests.conftest import Today
from tests.flows.tribunal import Tribunal, build_tribunal
from tests.walks.walking import Walk, files_of

SEEDS = range(1, 11)


@pytest.fixture
def tribunal(app, session, today: Today) -> Tribunal:  # type: ignore[no-untyped-def]
    """Return the office, entered before the first case begins."""
    today.is_at("2024-03-01 10:00")
    return build_tribunal(app, session)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_case_that_is_driven_by_chance_comes_to_an_end(tribunal: Tribunal, seed: int) -> None:
    Walk(tribunal, seed, files_of(tribunal)).goes()
