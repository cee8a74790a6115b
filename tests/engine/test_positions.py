"""A position is small, keeps no past, and wakes up as the case it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import engine
from app.engine import positions, running, soundness
from tests.engine.drawn import Walk, nothing, version

LOOP = ("begun:start ask:user which:xor done:end", "begun>ask ask>which which>ask[again == True] which>done")


def test_looking_reads_the_position_and_moves_nothing():
    walk = Walk(version("begun:start ask:user late:timer:x@ask done:end gone:end", "begun>ask ask>done late>gone"), n=1)
    looked = engine.look(walk.version, walk.position.saved)
    assert looked == walk.position
    ended = walk.does("ask").position
    assert engine.look(walk.version, ended.saved).outcome == "done"


def test_a_position_of_another_version_is_refused():
    one, other = version(*LOOP), version("begun:start ask:user done:end", "begun>ask ask>done")
    with pytest.raises(engine.EngineError, match="另一个流程版本"):
        engine.look(other, Walk(one).position.saved)


def test_a_position_keeps_neither_the_drawing_nor_the_past():
    walk = Walk(version(*LOOP))
    early = len(walk.does("ask", again=True).position.saved)
    for _turn in range(90):
        walk.does("ask", again=True)
    assert len(walk.position.saved) - early <= 2  # the two counters have a digit more
    assert early < 400


def test_a_position_is_json_of_plain_facts():
    saved = json.loads(Walk(version(*LOOP), word="字").position.saved)
    assert saved["facts"] == {"word": "字"}
    assert saved["turns"] == {"begun": 1, "ask": 1}


def test_the_id_of_a_step_stays_the_same_while_others_move():
    walk = Walk(
        version(
            "begun:start fork:and a:user b:user join:and done:end", "begun>fork fork>a fork>b a>join b>join join>done"
        )
    )
    before = next(r.id for r in walk.position.ready if r.key == "b")
    walk.does("a")
    assert [r.id for r in walk.position.ready] == [before]


# -- random diagrams ---------------------------------------------------------------------------------------------------


class Draft:
    """A diagram in the making: blocks put nodes and flows in, each with one way in and one way out."""

    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.flows: list[str] = []

    def node(self, kind: str, more: str = "") -> str:
        key = f"n{len(self.nodes)}"
        self.nodes.append(f"{key}:{kind}{more}")
        return key

    def flow(self, source: str, target: str, condition: str = "") -> None:
        self.flows.append(f"{source}>{target}" + (f"[{condition}]" if condition else ""))


LEAVES = st.one_of(
    st.just(("user",)),
    st.just(("service",)),
    st.just(("wait",)),
    st.tuples(st.just("late"), st.booleans()),
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["seq", "xor", "and", "or"]), inner, inner),
        st.tuples(st.just("loop"), inner),
    ),
    max_leaves=6,
)


def lay(draft: Draft, block: tuple, before: str) -> str:
    """Put ``block`` after the node ``before``; return the node that is left."""
    kind, *parts = block
    if kind in ("user", "service", "wait"):
        node = draft.node(*{"user": ("user",), "service": ("service", ":work"), "wait": ("act", ":go")}[kind])
        draft.flow(before, node)
        return node
    if kind == "late":
        host, after, join = draft.node("user"), draft.node("user"), draft.node("xor")
        event = draft.node("timer", f":rule@{host}")
        if parts[0]:
            reminder, reminded = draft.node("timer", f":soon@{host}~"), draft.node("end")
            draft.flow(reminder, reminded)
        for flow in ((before, host), (event, after), (after, join), (host, join)):
            draft.flow(*flow)
        return join
    if kind == "seq":
        return lay(draft, parts[1], lay(draft, parts[0], before))
    if kind == "loop":
        top, bottom = draft.node("xor"), draft.node("xor")
        draft.flow(before, top)
        draft.flow(lay(draft, parts[0], top), bottom)
        draft.flow(bottom, top, "pick == 0")
        return bottom
    split, join = draft.node(kind), draft.node(kind)
    draft.flow(before, split)
    for n, part in enumerate(parts):
        entry = draft.node("pass")
        draft.flow(split, entry, {"and": "", "xor": "pick == 1" if n else "", "or": f"pick != {n}"}[kind])
        draft.flow(lay(draft, part, entry), join)
    return join


def drawn(block: tuple) -> engine.ProcessVersion:
    draft = Draft()
    start = draft.node("start")
    last = lay(draft, block, start)
    draft.flow(last, draft.node("end"))
    return version(" ".join(draft.nodes), " ".join(draft.flows))


def picture(position: engine.Position) -> tuple:
    return (
        sorted(r.key for r in position.ready),
        sorted((w.kind, w.key) for w in position.waits),
        position.ended,
        position.outcome,
        dict(position.data),
    )


class Unsaved:
    """The same walk in one long-lived case that is never put down: it keeps its whole past."""

    def __init__(self, compiled: engine.ProcessVersion, operate: engine.Operate, **data: int) -> None:
        self.case = positions.Running(compiled, operate, data)
        self.position = running.settled(self.case)

    def takes(self, kind: str, key: str, pick: int) -> None:
        if kind == "step":
            running.finish(self.case, next(r.id for r in self.position.ready if r.key == key), {"pick": pick})
        else:
            running.happen(self.case, kind, key, {})
        self.position = running.settled(self.case)


def takes(walk: Walk, kind: str, key: str, pick: int) -> None:
    if kind == "step":
        walk.does(key, pick=pick)
    elif kind == "act":
        walk.acts(key)
    else:
        walk.lapses(key)


@settings(max_examples=80, deadline=None)
@given(BLOCKS, st.lists(st.tuples(st.integers(0, 50), st.integers(0, 2)), max_size=30))
def test_saving_after_every_step_changes_nothing(block, choices):
    """Random walks through random diagrams: with and without putting the case down, all that can be seen is the same."""
    compiled = drawn(block)

    def work(_name: str, data: engine.Data) -> engine.Data:
        done = data.get("done", 0)
        assert isinstance(done, int)
        return {"done": done + 1}

    try:
        saved, kept = Walk(compiled, work, pick=2), Unsaved(compiled, work, pick=2)
    except engine.TooManyTurns:
        return
    for choice, pick in choices:
        assert picture(saved.position) == picture(kept.position)
        assert saved.position.ended or saved.position.ready or saved.position.waits
        possible = [("step", r.key) for r in saved.position.ready]
        possible += sorted({(w.kind, w.name) for w in saved.position.waits})
        if not possible:
            break
        kind, key = possible[choice % len(possible)]
        try:
            kept.takes(kind, key, pick)
        except engine.TooManyTurns:  # a loop of operations that the last pick never lets out
            with pytest.raises(engine.TooManyTurns):
                takes(saved, kind, key, pick)
            return
        takes(saved, kind, key, pick)
    assert picture(saved.position) == picture(kept.position)


@settings(max_examples=60, deadline=None)
@given(BLOCKS)
def test_what_is_drawn_in_blocks_is_sound(block):
    folder = drawn(block).folder
    (scope,) = folder.scopes.values()
    assert soundness.Explorer(scope).flaws() == []


def test_operations_of_a_failed_step_leave_the_position_as_it_was():
    walk = Walk(version("begun:start ask:user x:service:x done:end", "begun>ask ask>x x>done"))
    before = walk.position.saved

    def breaks(_name: str, _data: engine.Data) -> engine.Data:
        raise RuntimeError("no")

    with pytest.raises(engine.StepFailed):
        engine.complete(walk.version, before, walk.position.ready[0].id, {"n": 1}, breaks)
    assert engine.complete(walk.version, before, walk.position.ready[0].id, {"n": 1}, nothing).ended
