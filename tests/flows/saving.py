"""Positions of a released process, kept so that a later product can be asked whether it still finishes such cases.

A file of ``saved/`` holds one version of a process: its diagrams as they were, and one position for each set of open
steps that a case can rest in. It is written when a version is released and never changed afterwards:
``python -m tests.flows.saving``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import engine

SAVED = Path(__file__).parent / "saved"
WORKFLOWS = Path(__file__).parents[2] / "workflows"

FILED: engine.Data = {
    "right_type": "design",
    "dispute_kind": "infringement",
    "major": False,
    "competence": None,
    "authority": None,
}

# What leads on from a step towards performance.
ONWARD: Mapping[str, engine.Data] = {
    "confirm_competence": {"competence": "ours"},
    "formality_check": {"check": "accept"},
    "correct_materials": {},
    "serve_request": {"served": "served"},
    "serve_others": {"served": "served"},
    "statement": {"consenting": 1},
    "refuse_docketing": {},
    "docket": {},
    "schedule_session": {},
    "hold_session": {"session": "agreed"},
    "close_failed": {},
    "draft_agreement": {},
    "confirm_agreement": {"confirmed": "all"},
    "issue_agreement": {"issued": True},
    "serve_agreement": {"agreement": "effective"},
    "joint_application": {"judicial": "apply"},
    "record_confirmation": {"court": "done"},
    "decide_recusal": {"recusal": "upheld"},
    "reappoint": {},
    "performance": {"performance": "performed"},
}

# What leads aside: from which step, with what.
ASIDE: tuple[tuple[str, engine.Data], ...] = (
    ("formality_check", {"check": "correct"}),
    ("serve_request", {"served": "unreachable"}),
    ("serve_request", {"served": "partly"}),
    ("statement", {"consenting": 0}),
    ("hold_session", {"session": "failed"}),
    ("joint_application", {"judicial": "none"}),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A version with its positions, each under the keys of its open steps."""

    digest: str
    files: dict[str, bytes]
    positions: dict[str, str]

    @property
    def version(self) -> engine.ProcessVersion:
        """The compiled version."""
        return engine.version(self.digest, lambda: self.files)


def operate(name: str, _data: engine.Data) -> engine.Data:
    """Do what the operations of the product answer, without a database."""
    return {"consenting": 0} if name == "close_statements" else {}


def kept() -> list[Kept]:
    """Return every version that was kept."""
    return [_read(json.loads(path.read_text())) for path in sorted(SAVED.glob("*.json"))]


def _read(content: dict[str, Any]) -> Kept:
    files = {name: text.encode() for name, text in content["files"].items()}
    return Kept(content["digest"], files, content["positions"])


def name_of(position: engine.Position) -> str:
    """Return the keys of the open steps."""
    return "+".join(sorted(r.key for r in position.ready))


def onward(version: engine.ProcessVersion, position: engine.Position) -> engine.Position:
    """Do one open step; performance, which ends the case, comes last."""
    step = min(position.ready, key=lambda r: (r.key == "performance", r.key))
    return engine.complete(version, position.saved, step.id, ONWARD[step.key], operate)


def reachable(version: engine.ProcessVersion) -> Iterator[engine.Position]:
    """Return positions of cases on every way, each set of open steps at least once."""
    waiting = [engine.start(version, {**FILED, **routed}, operate) for routed in ({}, {"right_type": "copyright"})]
    seen: set[str] = set()
    while waiting:
        position = waiting.pop()
        if position.ended or name_of(position) in seen:
            continue
        seen.add(name_of(position))
        yield position
        waiting += _next(version, position)


def _next(version: engine.ProcessVersion, position: engine.Position) -> Iterator[engine.Position]:
    yield onward(version, position)
    for step in position.ready:
        for key, data in ASIDE:
            if key == step.key:
                yield engine.complete(version, position.saved, step.id, data, operate)
    if any(w.kind == "act" and w.name == "recuse" for w in position.waits):
        yield engine.act(version, position.saved, "recuse", {}, operate)


def save(folder: Path) -> Path:
    """Keep the present version of a process with its positions, unless it is kept already."""
    files = engine.read_folder(folder)
    digest = engine.digest(files)
    path = SAVED / f"{folder.name}-{digest[:12]}.json"
    if not path.exists():
        version = engine.version(digest, lambda: files)
        content = {
            "digest": digest,
            "files": {name: data.decode() for name, data in files.items()},
            "positions": {name_of(p): p.saved for p in reachable(version)},
        }
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    return path


if __name__ == "__main__":
    for process in sorted(p for p in WORKFLOWS.iterdir() if any(p.glob("*.bpmn"))):
        save(process)
