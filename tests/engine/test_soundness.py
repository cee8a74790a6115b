"""An unsound drawing is found, with the way to the flaw; a sound one passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.engine import drawing, read_folder, soundness
from app.engine.drawing import Element, Scope
from tests.engine.drawn import process

ROOT = Path(__file__).parents[2]


def scope_of(nodes: str, flows: str, **more) -> Scope:
    return drawing.read({"main.bpmn": process(nodes, flows, **more)}).scopes["main"]


def flaws(nodes: str, flows: str) -> list[soundness.Flaw]:
    return soundness.Explorer(scope_of(nodes, flows)).flaws()


SOUND = {
    "a line": ("s:start a:user e:end", "s>a a>e"),
    "a loop with a way out": ("s:start a:user x:xor e:end", "s>a a>x x>a[n > 0] x>e"),
    "strands that join": ("s:start f:and a:user b:user j:and e:end", "s>f f>a f>b a>j b>j j>e"),
    "strands that end apart": ("s:start f:and a:user b:user e:end e2:end", "s>f f>a f>b a>e b>e2"),
    "strands that share an end": ("s:start f:and a:user b:user e:end", "s>f f>a f>b a>e b>e"),
    "an inclusive block": ("s:start f:or a:user b:user j:or e:end", "s>f f>a[n > 0] f>b[n > 1] a>j b>j j>e"),
    "a listener taken away": ("s:start f:and a:user l:act:go e:stop e2:stop", "s>f f>a f>l a>e l>e2"),
    "a listener that listens again": (
        "s:start f:and a:user m:xor l:act:go b:user e:stop",
        "s>f f>a f>m m>l l>b b>m a>e",
    ),
    "deadlines beside a step": (
        "s:start a:user t:timer:x@a r:timer:y@a~ b:user e:end e2:end",
        "s>a a>e t>b b>e r>e2",
    ),
    "a strand that waits for an act and joins": (
        "s:start f:and a:user l:act:go j:and e:end",
        "s>f f>a f>l a>j l>j j>e",
    ),
    "a join before a wait for an act": (
        "s:start f:and a:user b:user j:and l:act:go e:end",
        "s>f f>a f>b a>j b>j j>l l>e",
    ),
    "a main line that waits for an act": ("s:start a:user l:act:go e:end", "s>a a>l l>e"),
}


@pytest.mark.parametrize("name", SOUND)
def test_sound(name):
    assert flaws(*SOUND[name]) == []


UNSOUND = {
    "a join that only one strand reaches": (
        "s:start x:xor a:user b:user j:and e:end",
        "s>x x>a[n > 0] x>b a>j b>j j>e",
        "j",
        "会一直等下去",
        ("x", "a"),
    ),
    "strands that meet without joining": (
        "s:start f:and a:user b:user c:user e:end",
        "s>f f>a f>b a>c b>c c>e",
        "c",
        "走到两次",
        ("f", "a", "b", "a", "c", "b", "c"),
    ),
    "a loop back into a fork": (
        "s:start f:and a:user b:user j:and x:xor e:end",
        "s>f f>a f>b a>j b>j j>x x>f[n > 0] x>e",
        "f",
        "会一直等下去",
        (),
    ),
    "a loop without a way out": ("s:start a:user x:xor b:user e:end", "s>x x>a a>x[n > 0] b>e", "b", "永远走不到", ()),
    "a listener that nobody takes away": (
        "s:start f:and a:user l:act:go e:end e2:end",
        "s>f f>a f>l a>e l>e2",
        "l",
        "“l 名”仍在等待，流程无法结束",
        ("f", "l"),
    ),
    "a listener that outlives one of two ends": (
        "s:start f:and a:user x:xor l:act:go e:stop e2:end e3:stop",
        "s>f f>a f>l a>x x>e[n > 0] x>e2 l>e3",
        "l",
        "“l 名”仍在等待，流程无法结束",
        ("f", "l"),
    ),
    "a reminder that comes back": (
        "s:start m:xor a:user t:timer:x@a~ e:end",
        "s>m m>a a>e t>m",
        "a",
        "走到两次",
        ("m", "a", "t", "m", "a"),
    ),
    "an inclusive fork joined by a parallel gateway": (
        "s:start f:or a:user b:user j:and e:end",
        "s>f f>a[n > 0] f>b[n > 1] a>j b>j j>e",
        "j",
        "会一直等下去",
        ("f", "a"),
    ),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_unsound(name):
    nodes, flows, element, message, path = UNSOUND[name]
    found = [t for t in flaws(nodes, flows) if t.element == element]
    assert found
    assert message in found[0].message
    assert found[0].path == path


def test_many_listeners_do_not_multiply_the_main_line():
    acts = [f"act{n}" for n in range(12)]
    nodes = "s:start f:and a:user e:stop " + " ".join(f"m{n}:xor l{n}:act:{a} d{n}:user" for n, a in enumerate(acts))
    flows = "s>f f>a a>e " + " ".join(f"f>m{n} m{n}>l{n} l{n}>d{n} d{n}>m{n}" for n in range(12))
    explorer = soundness.Explorer(scope_of(nodes, flows))
    assert explorer.flaws() == []
    assert len(explorer._explore().moves) < 100


@pytest.mark.parametrize(
    "folder",
    [*sorted((ROOT / "workflows").iterdir()), *sorted((ROOT / "bench/processes").iterdir())],
    ids=lambda p: p.name,
)
def test_every_diagram_of_the_product_is_sound(folder):
    read = drawing.read(read_folder(folder))
    assert [t for s in read.scopes.values() for t in soundness.Explorer(s).flaws()] == []


# -- against a plain player --------------------------------------------------------------------------------------------


class Plain:
    """The token game without any cleverness: whole markings, every interleaving. For user tasks and gateways only.

    What goes by itself goes before a step that a person does, as the engine runs until it must wait.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.last = {f.id for f in scope.flows if scope.nodes[f.target].kind == "endEvent"}
        self.passed: set[str] = set()
        self.unsafe = False
        self.may_stop = any(n.event == "terminate" for n in scope.nodes.values())

    def moves(self, marking: frozenset[str]) -> list[frozenset[str] | None]:
        people = [n for n in self.scope.nodes.values() if n.kind == "userTask"]
        return self._moves(marking, [n for n in self.scope.nodes.values() if n not in people]) or self._moves(
            marking, people
        )

    def _moves(self, marking: frozenset[str], nodes: list[Element]) -> list[frozenset[str] | None]:
        after: list[frozenset[str] | None] = []
        for node in nodes:
            into = [f.id for f in self.scope.into(node.id)]
            out = [f.id for f in self.scope.out_of(node.id)]
            arrived = [f for f in into if f in marking]
            self.unsafe |= node.kind == "userTask" and len(arrived) > 1
            joins = node.kind == "parallelGateway"
            takes = [into] * (arrived == into != []) if joins else [[f] for f in arrived]
            for take in takes:
                self.passed.add(node.id)
                if node.event == "terminate":
                    after.append(None)
                    continue
                for way in [[f] for f in out] if node.kind == "exclusiveGateway" else [out]:
                    rest = marking - set(take)
                    self.unsafe |= bool(rest & set(way) - self.last)  # an end takes each that comes
                    after.append(rest | set(way))
        return after

    @property
    def dead(self) -> bool:
        return len(self.passed) + 1 < len(self.scope.nodes)

    def is_sound(self) -> bool:
        start = next(n for n in self.scope.nodes.values() if n.kind == "startEvent")
        first = frozenset(f.id for f in self.scope.out_of(start.id))
        after: dict[frozenset[str], list[frozenset[str] | None]] = {}
        to_do = [first]
        for marking in to_do:
            if marking not in after:
                after[marking] = self.moves(marking)
                to_do += [m for m in after[marking] if m is not None]
        if self.unsafe or (self.dead and not self.may_stop):
            return False
        good: set[frozenset[str] | None] = {None, frozenset()}
        while new := [m for m in after if m not in good and any(t in good for t in after[m])]:
            good.update(new)
        return all(m in good for m in after)


@st.composite
def tangles(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a small connected diagram with no regard for sense."""
    size = draw(st.integers(3, 7))
    kinds = [draw(st.sampled_from(["user", "xor", "and", "xor", "and", "user"])) for _ in range(size)]
    ends = ["end", draw(st.sampled_from(["end", "stop"]))]
    nodes = ["s:start", *(f"n{i}:{k}" for i, k in enumerate(kinds)), *(f"e{i}:{k}" for i, k in enumerate(ends))]
    flows = {("s", "n0")}
    targets = [f"n{i}" for i in range(size)] + ["e0", "e1"]
    for i, kind in enumerate(kinds):
        many = 1 if kind == "user" else draw(st.integers(1, 3))
        flows |= {
            (f"n{i}", draw(st.sampled_from(targets[i + 1 :] if draw(st.booleans()) else targets))) for _ in range(many)
        }
    drawn = [(a, b) for a, b in sorted(flows) if a != b]
    return " ".join(nodes), " ".join(f"{a}>{b}" for a, b in drawn)


@settings(max_examples=200, deadline=None)
@given(tangles())
@example(("s:start n0:user n1:user n2:xor n3:and e0:end e1:end", "s>n0 n0>n3 n3>n1 n3>n2 n1>n2 n2>e0 n2>e1"))
@example(("s:start n0:user n1:and n2:xor e0:end e1:end", "n0>n2 n1>e0 n1>n2 n2>e1 n2>n1 s>n0"))
def test_what_a_plain_player_finds_unsound_is_found(tangle):
    """The groups lose nothing but a step that another strand always forestalls by stopping everything.

    They say more only where a strand is stuck that another one would have taken away.
    """
    scope = scope_of(*tangle)
    gaps = [n for n in scope.nodes.values() if n.kind != "endEvent" and not scope.out_of(n.id)]
    if gaps:
        return
    found, plain = {t.message[:6] for t in soundness.Explorer(scope).flaws()}, Plain(scope)
    if not plain.is_sound():
        assert found
    elif not plain.dead:
        assert found <= {"会一直等下去"}
