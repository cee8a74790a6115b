"""Many random walks over the drawn processes, without a database: none gets stuck, each comes to one of the drawn ends."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random

import pytest

from app import engine

WORKFLOWS = Path(__file__).parents[2] / "workflows"
LONGEST = 1500
WALKS = range(0, 200, 20)
COMPARED = re.compile(r"(\w+)\s*==\s*(?:(True|False)|&quot;(\w+)&quot;|\"(\w+)\"|'(\w+)')")
ENDS = re.compile(r'<(?:\w+:)?endEvent id="(\w+)"')
REQUEST = {
    "right_type": ("invention", "utility_model", "design", "copyright", "trademark"),
    "dispute_kind": ("infringement", "ownership"),
    "major": (False, False, True),
}


@cache
def drawn(process: str) -> tuple[engine.ProcessVersion, dict[str, list[bool | str]], set[str]]:
    """Return a process, the words that its lines compare with all their values and one that no line knows, and its ends."""
    files = engine.read_folder(WORKFLOWS / process)
    text = "\n".join(data.decode() for name, data in sorted(files.items()) if name.endswith(".bpmn"))
    words: dict[str, list[bool | str]] = defaultdict(lambda: ["another"])
    for name, truth, *texts in COMPARED.findall(text):
        if truth:
            words[name] = [True, False]
        else:
            words[name] = [*dict.fromkeys([*words[name], next(t for t in texts if t)])]
    return engine.version(engine.digest(files), lambda: files), dict(words), set(ENDS.findall(text))


def walked(process: str, seed: int) -> list[str]:
    """Walk by chance from the request to an end; return what was done."""
    version, words, ends = drawn(process)
    rng, steps = Random(seed), []

    def words_by_chance() -> engine.Data:
        return {name: rng.choice(values) for name, values in words.items()}

    def operate(_name: str, _data: engine.Data) -> engine.Data:
        return words_by_chance()

    asked = {name: rng.choice(values) for name, values in REQUEST.items()}
    data = {**words_by_chance(), "competence": None, "authority": None, "consenting": 1, **asked}
    position = engine.start(version, data, operate)
    while not position.ended:
        assert len(steps) < LONGEST, f"walk {seed}: no end after {steps[-20:]}"
        assert position.ready or position.waits, f"walk {seed}: stuck after {steps[-20:]}"
        assert len({r.id for r in position.ready}) == len(position.ready)
        seen = engine.look(version, position.saved)
        assert (seen.ready, seen.waits) == (position.ready, position.waits), f"walk {seed}: {steps[-20:]}"
        waits = sorted({(w.kind, w.name) for w in position.waits})
        if position.ready and (not waits or rng.random() < 0.95):
            step = rng.choice(sorted(position.ready, key=lambda r: r.key))
            steps.append(step.key)
            position = engine.complete(version, position.saved, step.id, words_by_chance(), operate)
        else:
            kind, name = rng.choice(waits)
            steps.append(name)
            if kind == "act":
                position = engine.act(version, position.saved, name, words_by_chance(), operate)
            else:
                position = engine.lapse(version, position.saved, name, operate)
    assert not position.ready and not position.waits
    assert position.outcome in ends, f"walk {seed}: {position.outcome}"
    return steps


@pytest.mark.parametrize("process", ["mediation", "adjudication"])
@pytest.mark.parametrize("first", WALKS)
def test_a_random_walk_over_a_process_comes_to_an_end(process: str, first: int) -> None:
    for seed in range(first, first + 20):
        assert walked(process, seed)
