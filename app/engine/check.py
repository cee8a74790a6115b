"""May this process folder be published? Everything that is wrong with it, in plain sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.engine import drawing, parsing, picture, soundness, wires
from app.engine.drawing import BPMN, Folder, Scope
from app.engine.errors import DiagramRefused
from app.engine.versions import Files
from app.engine.wires import Wiring

__all__ = ["Problem", "Wiring", "problems", "unused"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must be put right: in ``file``, at ``element`` (its id)."""

    file: str
    element: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} · {self.element}：{self.message}"


def problems(files: Files, wiring: Wiring) -> list[Problem]:
    """Return all that keeps the folder from being published: it must compile, be drawn, be sound and be wired.

    Later checks are skipped when an earlier one fails.
    """
    folder = drawing.read(files)
    parsing.refuse_unfit(folder)
    found = [Problem(r.file, r.element, str(r)) for r in folder.refusals]
    if not found:
        found = [*_same_ids(folder), *_of_scopes(folder, wires.loose_ends), *_rings(folder)]
    if not found:
        found = list(_uncompiled(folder))
    if not found:
        drawn = [s for s in folder.scopes.values() if s.within is None]
        found += _of_scopes(folder, lambda s: picture.flaws(folder, s), drawn)
        found += _of_scopes(folder, lambda s: wires.loose_names(folder, s, wiring))
        found += [p for s in folder.scopes.values() for p in _unsound(s)]
    return found


def unused(folders: Iterable[Files], wiring: Wiring) -> list[str]:
    """Return the forms, operations and acts that no process points to."""
    used = [wires.used(drawing.read(files)) for files in folders]
    left = (
        wiring.forms - {f for u in used for f in u.forms},
        wiring.operations - {o for u in used for o in u.operations},
        wiring.acts - {a for u in used for a in u.acts},
    )
    return sorted(name for names in left for name in names)


def _of_scopes(
    folder: Folder, flaws_of: Callable[[Scope], Iterable[wires.Flaw]], scopes: Iterable[Scope] | None = None
) -> list[Problem]:
    return [Problem(s.file, e, m) for s in scopes or folder.scopes.values() for e, m in flaws_of(s)]


def _rings(folder: Folder) -> Iterator[Problem]:
    yield from (Problem(folder.scopes[e].file, e, m) for e, m in wires.called_in_a_ring(folder))


def _same_ids(folder: Folder) -> Iterator[Problem]:
    for file, tree in folder.trees.items():
        ids = Counter(e.get("id") for e in tree.iter(f"{BPMN}*") if e.get("id"))
        yield from (Problem(file, str(key), f"编号“{key}”重复") for key, times in ids.items() if times > 1)


def _uncompiled(folder: Folder) -> Iterator[Problem]:
    try:
        folder.main  # noqa: B018  asking is the check
        parsing.specifications(folder)
    except DiagramRefused as refused:
        yield Problem(refused.file, refused.element, str(refused))


def _unsound(scope: Scope) -> Iterator[Problem]:
    names = {n.id: n.name for n in scope.nodes.values()}
    for flaw in soundness.Explorer(scope).flaws():
        path = " → ".join(names[step] for step in flaw.path if names.get(step))
        yield Problem(scope.file, flaw.element, flaw.message + (f"。路径：{path}" if path else ""))
