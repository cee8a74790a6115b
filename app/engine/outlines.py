"""The diagram as text: its steps in reading order, each with where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from app.engine import expressions
from app.engine.data import Data, Value
from app.engine.drawing import Flow, Scope
from app.engine.positions import Position, parse
from app.engine.versions import ProcessVersion

State = Literal["done", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class OutlineStep:
    """A node in words, drawn in ``part``; ``leads_to`` is pairs of what is written on the way and the id of the node it leads to.

    ``took`` is the one of these pairs that the case went last, where the diagram parts and it is certain.
    """

    id: str
    name: str
    name_en: str
    lane: str
    kind: str
    part: str
    state: State
    leads_to: tuple[tuple[str, str], ...]
    took: tuple[str, str] | None = None


def outline(version: ProcessVersion, position: Position | None = None) -> list[OutlineStep]:
    """Return the steps in the order in which a reader meets them; called processes follow the main one."""
    saved = parse(version, position.saved) if position else {"turns": {}, "facts": {}}
    now = _now(position) if position else set()
    entered = set(saved["turns"])
    scopes = version.folder.scopes
    order = [n for s in version.folder.met_from(scopes[version.key]) for n in _reading_order(s)]
    steps = [
        _step(version, scopes, key, "now" if key in now else "done" if key in entered else "ahead") for key in order
    ]
    known = _asked_once(scopes, saved["facts"])
    ways = {key: _way(scopes[version.elements[key].scope].out_of(key), entered, known) for key in entered}
    return [replace(step, took=ways.get(step.id)) for step in steps]


def _now(position: Position) -> set[str]:
    """Return what is being done or waited for, and the calls of the parts in which it is."""
    return {r.key for r in position.ready} | {w.key for w in position.waits if w.host is None} | {*position.inside}


def _step(version: ProcessVersion, scopes: dict[str, Scope], key: str, state: State) -> OutlineStep:
    node = version.nodes[key]
    scope = scopes[version.elements[key].scope]
    events = [(scope.nodes[e.id].name, e.id) for e in scope.events_on(key)]
    leads_to = (*((f.name, f.target) for f in scope.out_of(key)), *events)
    while scope.within:
        scope = scopes[scope.within]
    return OutlineStep(node.id, node.name, node.name_en, node.lane or "", node.kind, scope.id, state, leads_to)


def _asked_once(scopes: dict[str, Scope], facts: Data) -> dict[str, Value]:
    """Return the facts that are asked at one place only: they still say which way was taken there last."""
    places: dict[str, set[str]] = {}
    for flow in (f for scope in scopes.values() for f in scope.flows if f.condition):
        for name in expressions.compiled(flow.condition or "").names:
            places.setdefault(name, set()).add(flow.source)
    return {name: value for name, value in facts.items() if len(places.get(name, ())) == 1}


def _way(flows: list[Flow], entered: set[str], known: Data) -> tuple[str, str] | None:
    """Return the way a case went where its path parts: the only one entered, else the one of these that ``known`` tells."""
    ways = [flow for flow in flows if flow.target in entered]
    if len(ways) > 1:
        ways = [flow for flow in ways if flow.condition and _holds(flow.condition, known)]
    return (ways[0].name, ways[0].target) if len(flows) > 1 and len(ways) == 1 else None


def _holds(condition: str, facts: Data) -> bool:
    try:
        return expressions.compiled(condition).holds(facts)
    except expressions.EmptyName:
        return False


def _reading_order(scope: Scope) -> Iterator[str]:
    starts = [n.id for n in scope.nodes.values() if n.kind == "startEvent"]
    seen, to_do = set(starts), list(reversed(starts))
    while to_do:
        key = to_do.pop()
        yield key
        after = [*(e.id for e in scope.events_on(key)), *(f.target for f in scope.out_of(key))]
        new = [k for k in dict.fromkeys(after) if k not in seen]
        seen.update(new)
        to_do.extend(reversed(new))
    yield from (n for n in scope.nodes if n not in seen)
