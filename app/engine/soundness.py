"""Is a drawing sound? Plays the token game of one scope with every choice, every act and every deadline, without sampling.

Tokens that can never meet again are played apart (a strand that listens for an act does not multiply the main line):
a marking is split into groups whose futures share no node, and each group is explored once. A called scope is explored
by itself and counts as one step of its caller.

Tokens are written ``>flow`` (on a flow), ``@node`` (a step being done, an event awaited) and ``!event`` (a boundary event armed).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from app.engine.drawing import CALLS, Element, Flow, Scope

MOST_MARKINGS = 30_000
RESTING = {"userTask", "manualTask", "intermediateCatchEvent"} | CALLS
Marking = frozenset[str]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something unsound: at ``element``, after the steps in ``path``."""

    element: str
    message: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Move:
    """From a group: ``by`` the node that acts, to the groups that are left, or ``terminated``. ``optional``: an act that need not come."""

    by: str
    groups: tuple[Marking, ...]
    terminated: bool = False
    optional: bool = False


@dataclass(slots=True)
class _Play:
    """What was explored: the moves of each group, and how each was first reached."""

    moves: dict[Marking, list[_Move]] = field(default_factory=dict)
    reached: dict[Marking, tuple[Marking, str] | None] = field(default_factory=dict)
    entered: set[str] = field(default_factory=set)
    flaws: list[Flaw] = field(default_factory=list)

    def path_to(self, group: Marking) -> tuple[str, ...]:
        steps: list[str] = []
        while (before := self.reached[group]) is not None:
            group, by = before
            if steps[-1:] != [by]:  # a step is come to and then done: once is enough to tell
                steps.append(by)
        return tuple(reversed(steps))


class Explorer:
    """Explores one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.out = {n: scope.out_of(n) for n in scope.nodes}
        self.into = {n: scope.into(n) for n in scope.nodes}
        self.on = {n: [e.id for e in scope.events_on(n)] for n in scope.nodes}
        self.flows = {f.id: f for f in scope.flows}
        self._bit = {name: 1 << i for i, name in enumerate([*scope.nodes, *self.flows])}
        self._future = {n: self._future_of(n) for n in scope.nodes}
        ends = {n.id for n in scope.nodes.values() if n.kind == "endEvent"}
        last = ends | {f.id for f in scope.flows if f.target in ends}
        self._shared = ~sum(self._bit[name] for name in last)

    def flaws(self) -> list[Flaw]:
        """Return what is unsound, each with the shortest way to it."""
        play = self._explore()
        if not play.flaws:
            dead = [n for n in self.scope.nodes if n not in play.entered]
            play.flaws += [Flaw(n, "永远走不到", ()) for n in dead]
            play.flaws += self._never_ending(play)
        return play.flaws

    # -- exploring -----------------------------------------------------------------------------------------------------

    def _explore(self) -> _Play:
        play = _Play()
        starts = [n.id for n in self.scope.nodes.values() if n.kind == "startEvent"]
        first = frozenset(f">{f.id}" for s in starts for f in self.out[s])
        play.entered.update(starts)
        play.reached[first] = None
        to_do = [first]
        for group in to_do:  # grows while it is walked: breadth first, so that paths are shortest
            if len(to_do) > MOST_MARKINGS:
                play.flaws.append(Flaw(self.scope.id, f"并行的组合超过 {MOST_MARKINGS} 种，无法逐一检查", ()))
                break
            play.moves[group] = list(self._moves(play, group))
            if not play.moves[group]:
                self._note_stuck(play, group)
            for move in play.moves[group]:
                new = [g for g in move.groups if g not in play.reached]
                play.reached.update((g, (group, move.by)) for g in new)
                to_do.extend(new)
        return play

    def _note_stuck(self, play: _Play, group: Marking) -> None:
        waiting = [self.flows[t[1:]] for t in group if t[0] == ">"]
        for node in sorted({f.target for f in waiting}):
            if self._consumed(group, self.scope.nodes[node]) is not None:
                continue  # it fires, into a flaw that is noted already
            came = "、".join(sorted(self._title(f.source) for f in waiting if f.target == node))
            play.flaws.append(
                Flaw(node, f"会一直等下去：只有来自“{came}”的一路到达，其余的不会再来", play.path_to(group))
            )

    def _moves(self, play: _Play, group: Marking) -> Iterator[_Move]:
        """Return the moves of a group. What goes by itself goes first, as the engine runs until it must wait."""
        automatic = list(self._automatic(play, group))
        yield from automatic or self._awaited(play, group)

    def _automatic(self, play: _Play, group: Marking) -> Iterator[_Move]:
        arrived = {self.flows[t[1:]].target for t in group if t[0] == ">"}
        for node in sorted(arrived):
            element = self.scope.nodes[node]
            gone = self._consumed(group, element)
            if gone is None:
                continue
            play.entered.add(node)
            if element.event == "terminate":
                yield _Move(node, (), terminated=True)
            elif element.kind in RESTING:
                yield from self._moved(play, group, node, gone, {f"@{node}", *(f"!{e}" for e in self.on[node])})
            else:
                for ways in self._ways(element):
                    yield from self._moved(play, group, node, gone, {f">{f.id}" for f in ways})

    def _consumed(self, group: Marking, element: Element) -> set[str] | None:
        """Return the tokens with which the node fires now, or ``None`` where it must wait."""
        here = {f">{f.id}" for f in self.into[element.id]}
        arrived = here & group
        if element.kind == "parallelGateway":
            return arrived if arrived == here else None
        if element.kind == "inclusiveGateway":
            return set(arrived) if arrived == here or not self._may_still_come(group, element.id, arrived) else None
        return {min(arrived)}

    def _may_still_come(self, group: Marking, gateway: str, arrived: Iterable[str]) -> bool:
        filled = {t[1:] for t in arrived}
        missing = {f.id for f in self.into[gateway]} - filled
        elsewhere = [t for t in group if t[1:] not in filled]
        return any(self._reaches(t, missing, gateway) and not self._reaches(t, filled, gateway) for t in elsewhere)

    def _reaches(self, token: str, goals: set[str], around: str) -> bool:
        seen: set[str] = set()
        to_do = [token[1:]]
        while to_do:
            at = to_do.pop()
            if at in goals:
                return True
            if at in seen or at == around:
                continue
            seen.add(at)
            to_do += [self.flows[at].target] if at in self.flows else [*(f.id for f in self.out[at]), *self.on[at]]
        return False

    def _ways(self, element: Element) -> Iterator[tuple[Flow, ...]]:
        out = self.out[element.id]
        if element.kind == "exclusiveGateway":
            yield from ((f,) for f in out)
        elif element.kind == "inclusiveGateway" and len(out) > 1:
            some = [f for f in out if f.id != element.default]
            yield from chain.from_iterable(combinations(some, n) for n in range(1, len(some) + 1))
            yield from ((f,) for f in out if f.id == element.default)
        else:
            yield tuple(out)

    def _awaited(self, play: _Play, group: Marking) -> Iterator[_Move]:
        for token in sorted(t for t in group if t[0] == "@"):
            node = self.scope.nodes[token[1:]]
            if node.waits_for is None:
                gone = {token, *(f"!{e}" for e in self.on[node.id])} & group
                yield from self._moved(play, group, node.id, gone, {f">{f.id}" for f in self.out[node.id]})
        awaited = {
            (n.event, n.waits_for) for t in group if (n := self.scope.nodes.get(t[1:])) and n.waits_for and t[0] in "@!"
        }
        for event, name in sorted(awaited, key=str):
            yield from self._happens(play, group, event, name)

    def _happens(self, play: _Play, group: Marking, event: str, name: str | None) -> Iterator[_Move]:
        """Let an act or a deadline happen: everything in the group that waits for it goes on at once."""
        gone: set[str] = set()
        come: set[str] = set()
        fired = [
            n
            for t in sorted(group)
            if t[0] in "@!" and (n := self.scope.nodes[t[1:]]).event == event and n.waits_for == name
        ]
        for node in fired:
            play.entered.add(node.id)
            gone |= {f"@{node.id}", f"!{node.id}"} & group
            if node.attached_to and node.interrupting:
                gone |= {f"@{node.attached_to}", *(f"!{e}" for e in self.on[node.attached_to])} & group
            come |= {f">{f.id}" for f in self.out[node.id]}
        alone = len(group) == len(fired)
        optional = event == "signal" and all(
            n.attached_to is not None or (alone and self._begins_a_strand(n)) for n in fired
        )
        yield from self._moved(play, group, fired[0].id, gone, come, optional=optional)

    def _begins_a_strand(self, node: Element) -> bool:
        """Say whether a fork leads straight to the node: alone in its group, such a strand only listens."""
        sources = [self.scope.nodes[f.source] for f in self.into[node.id]]
        return any(s.kind == "parallelGateway" and len(self.out[s.id]) > 1 for s in sources)

    def _moved(
        self, play: _Play, group: Marking, by: str, gone: set[str], come: set[str], *, optional: bool = False
    ) -> Iterator[_Move]:
        rest = group - gone
        if twice := rest & come:
            where = min(twice)[1:]
            node = self.flows[where].target if where in self.flows else where
            flaw = Flaw(node, "会被同时走到两次：分开的几路没有汇合", (*play.path_to(group), by))
            if all(t.element != node for t in play.flaws):
                play.flaws.append(flaw)
            return
        yield _Move(by, tuple(self._groups(rest | come)), optional=optional)

    # -- groups --------------------------------------------------------------------------------------------------------

    def _groups(self, marking: Marking) -> Iterator[Marking]:
        """Split a marking into the groups of tokens whose futures share a node.

        The ends do not count, nor what flows into them: an end takes each token that comes, so nothing meets there.
        """
        left = [(self._future_of_token(t) & self._shared, {t}) for t in sorted(marking)]
        while left:
            future, tokens = left.pop()
            while meeting := [g for g in left if g[0] & future]:
                left = [g for g in left if not g[0] & future]
                for other, more in meeting:
                    future |= other
                    tokens |= more
            yield frozenset(tokens)

    def _future_of_token(self, token: str) -> int:
        name = token[1:]
        if token[0] == ">":
            return self._bit[name] | self._future[self.flows[name].target]
        host = self.scope.nodes[name].attached_to
        return self._future[host] if host else self._future[name]

    def _future_of(self, node: str) -> int:
        seen = 0
        to_do = [node]
        while to_do:
            at = to_do.pop()
            if not seen & self._bit[at]:
                seen |= self._bit[at]
                to_do += [self.flows[at].target] if at in self.flows else [*(f.id for f in self.out[at]), *self.on[at]]
        return seen

    # -- ending --------------------------------------------------------------------------------------------------------

    def _never_ending(self, play: _Play) -> list[Flaw]:
        """Find a marking from which the scope cannot end unless somebody happens to act.

        The scope ends when a terminate event is reached or when every group is used up. It is lost when one group can
        neither be used up nor terminate, while no other group is sure to terminate.
        """
        terminates = _least(
            play, lambda m, so_far: m.terminated or any(g in so_far for g in m.groups), include_optional=False
        )
        empties = _least(
            play, lambda m, so_far: not m.terminated and all(g in so_far for g in m.groups), include_optional=False
        )
        weak = _least(
            play,
            lambda m, so_far: not m.terminated and all(g in so_far for g in m.groups),
            given={g for g in play.moves if g not in terminates},
        )
        hopeless = {g for g in play.moves if g not in terminates and g not in empties}
        first = next(iter(play.moves))
        lost = _least(play, lambda m, so_far: _loses(m, so_far, weak), given=hopeless)
        if first not in lost:
            return []
        worst = self._first_hopeless(play, first, hopeless, lost, weak)
        names = "、".join(sorted({f"“{self._title(t[1:])}”" for t in worst if t[0] == "@"})) or "这里"
        element = min(worst)[1:]
        node = self.flows[element].target if element in self.flows else element
        return [
            Flaw(
                node,
                f"其他各路都走完以后，{names}仍在等待，流程无法结束（缺少终止型的结束事件或出口）",
                play.path_to(worst),
            )
        ]

    def _first_hopeless(
        self, play: _Play, first: Marking, hopeless: set[Marking], lost: set[Marking], weak: set[Marking]
    ) -> Marking:
        """Return where it is lost: from the first marking that is, as far as steps that are sure to come lead."""
        to_do = [first]
        for group in to_do:  # grows while it is walked
            if group in hopeless:
                return _last(play, group, hopeless)
            following = [g for m in play.moves[group] if _loses(m, lost, weak) for g in m.groups]
            to_do += [g for g in following if g in lost and g not in to_do]
        raise AssertionError("what is lost leads to something hopeless")

    def _title(self, node: str) -> str:
        return self.scope.nodes[node].name or node if node in self.scope.nodes else node


def _last(play: _Play, group: Marking, hopeless: set[Marking]) -> Marking:
    seen = {group}
    while after := [
        g for m in play.moves[group] if not m.optional for g in m.groups if g in hopeless and g not in seen
    ]:
        group = after[0]
        seen.add(group)
    return group


def _loses(move: _Move, lost: set[Marking], weak: set[Marking]) -> bool:
    return any(g in lost and all(o in weak for o in move.groups if o != g) for g in move.groups)


def _least(
    play: _Play,
    by: Callable[[_Move, set[Marking]], bool],
    *,
    given: set[Marking] | None = None,
    include_optional: bool = True,
) -> set[Marking]:
    """Return the groups from which ``by`` holds after some moves.

    ``include_optional`` counts acts that need not come.
    """
    found = set(given or ())
    groups = list(reversed(play.moves))
    while new := [
        g
        for g in groups
        if g not in found and any(by(m, found) for m in play.moves[g] if include_optional or not m.optional)
    ]:
        found.update(new)
    return found
