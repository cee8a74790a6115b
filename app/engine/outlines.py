"""The diagram as text: its steps in reading order, each with where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.engine.drawing import Scope
from app.engine.positions import Position, parse
from app.engine.versions import ProcessVersion

State = Literal["done", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class OutlineStep:
    """A node in words; ``leads_to`` is pairs of what is written on the way and the id of the node it leads to."""

    id: str
    name: str
    name_en: str
    lane: str
    kind: str
    state: State
    leads_to: tuple[tuple[str, str], ...]


def outline(version: ProcessVersion, position: Position | None = None) -> list[OutlineStep]:
    """Return the steps in the order in which a reader meets them; called processes follow the main one."""
    now = {r.key for r in position.ready} | {w.key for w in position.waits if w.host is None} if position else set()
    entered = set(parse(version, position.saved)["turns"]) if position else set()
    scopes = version.folder.scopes
    order = [n for s in _scopes_in_order(version) for n in _reading_order(scopes[s])]
    return [
        _step(version, scopes, key, "now" if key in now else "done" if key in entered else "ahead") for key in order
    ]


def _step(version: ProcessVersion, scopes: dict[str, Scope], key: str, state: State) -> OutlineStep:
    node = version.nodes[key]
    scope = scopes[version.elements[key].scope]
    events = [(scope.nodes[e.id].name, e.id) for e in scope.events_on(key)]
    leads_to = (*((f.name, f.target) for f in scope.out_of(key)), *events)
    return OutlineStep(node.id, node.name, node.name_en, node.lane or "", node.kind, state, leads_to)


def _scopes_in_order(version: ProcessVersion) -> Iterator[str]:
    seen, to_do = {version.key}, [version.key]
    while to_do:
        key = to_do.pop(0)
        yield key
        inner = [n.inner for n in version.folder.scopes[key].nodes.values() if n.inner and n.inner not in seen]
        seen.update(inner)
        to_do.extend(inner)


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
