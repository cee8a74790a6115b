"""Process versions: a folder of files under the hash of its content, compiled once for each worker process."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.engine import drawing, parsing
from app.engine.drawing import Element, Folder, Scope

MOST_VERSIONS = 64
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the diagram as the rest of the house sees it."""

    id: str
    kind: str
    name: str
    name_en: str
    lane: str | None
    properties: Mapping[str, str]
    attached_to: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A process with its drawing, for the viewer. ``calls`` are the nodes that call it; ``inside`` all nodes it leads to."""

    key: str
    name: str
    name_en: str
    diagram: str = field(repr=False)
    calls: frozenset[str]
    inside: frozenset[str]


@dataclass(frozen=True, slots=True)
class ProcessVersion:
    """A compiled process. ``acts`` are the desk acts it declares.

    ``parts`` are the process itself and those it calls, as a reader meets them.
    """

    digest: str
    key: str
    name: str
    name_en: str
    start_form: str
    acts: tuple[str, ...]
    nodes: Mapping[str, Node]
    parts: tuple[Part, ...]
    folder: Folder = field(repr=False)
    elements: Mapping[str, Element] = field(repr=False)
    specifications: Mapping[str, Any] = field(repr=False)


def read_folder(path: Path) -> dict[str, bytes]:
    """Return the diagrams and decision tables of a process folder by file name."""
    found = [p for p in path.iterdir() if p.suffix in (".bpmn", ".dmn") and p.is_file()]
    return {p.name: p.read_bytes() for p in sorted(found)}


def digest(files: Files) -> str:
    """Return the hash of names and contents: the same folder, the same version."""
    whole = hashlib.sha256()
    for name, content in sorted(files.items()):
        for part in (name.encode(), content):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    return whole.hexdigest()


def compile_version(key: str, files: Files) -> ProcessVersion:
    """Return the compiled version of ``files``. Raises ``DiagramRefused`` for the first thing that cannot be run."""
    folder = drawing.read(files)
    parsing.refuse_unfit(folder)
    if folder.refusals:
        raise folder.refusals[0]
    main, elements = folder.main, folder.nodes
    return ProcessVersion(
        digest=key,
        key=main.id,
        name=main.name,
        name_en=main.properties.get("en", ""),
        start_form=main.properties.get("start_form", ""),
        acts=tuple(main.properties.get("acts", "").split()),
        nodes={n.id: _node(n) for n in elements.values()},
        parts=tuple(_part(folder, scope, files) for scope in folder.met_from(main) if scope.within is None),
        folder=folder,
        elements=elements,
        specifications=parsing.specifications(folder),
    )


def _node(node: Element) -> Node:
    name_en = node.properties.get("en", "")
    return Node(node.id, node.kind, node.name, name_en, node.lane, node.properties, node.attached_to)


def _part(folder: Folder, scope: Scope, files: Files) -> Part:
    return Part(
        scope.id,
        scope.name,
        scope.properties.get("en", ""),
        files[scope.file].decode(),
        frozenset(n.id for n in folder.nodes.values() if n.inner == scope.id),
        frozenset(n.id for inner in folder.met_from(scope) for n in inner.nodes.values()),
    )


class _Versions:
    """The versions this worker has compiled; the one unused for longest leaves first. Safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, ProcessVersion] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, load: Callable[[], Files]) -> ProcessVersion:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        files = load()  # outside the lock: it may ask a database
        with self._lock:
            if key not in self._kept:
                self._kept[key] = compile_version(key, files)
            while len(self._kept) > MOST_VERSIONS:
                self._kept.popitem(last=False)
            return self._kept[key]


_versions = _Versions()


def version(digest: str, load: Callable[[], Files]) -> ProcessVersion:
    """Return the compiled version; ``load`` is asked for its files the first time only."""
    return _versions.get(digest, load)
