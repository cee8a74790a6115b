"""Process versions: checked, then stored under the hash of their content; running cases keep theirs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock, engine
from app.domain.errors import RuleBroken
from app.engine import check
from app.models import ProcessVersion, Task


def publish(session: Session, files: Mapping[str, bytes], wiring: check.Wiring) -> ProcessVersion:
    """Store a version and offer it for new cases. Refuses one with a problem, and says which.

    The same content again is the same version; nothing is stored twice.
    """
    digest = engine.digest(files)
    version = session.get(ProcessVersion, digest)
    if version is None:
        if found := check.problems(files, wiring):
            raise RuleBroken("流程图有 %(n)s 处问题：%(first)s", n=len(found), first=str(found[0]))
        compiled = engine.version(digest, lambda: files)
        version = ProcessVersion(
            digest=digest,
            key=compiled.key,
            name=compiled.name,
            name_en=compiled.name_en,
            files={name: data.decode() for name, data in files.items()},
            published_at=clock.now(),
        )
        session.add(version)
    if not version.current:
        session.execute(update(ProcessVersion).where(ProcessVersion.key == version.key).values(current=False))
        session.flush()  # only one version of a process may be current
        version.current = True
    return version


def publish_folders(session: Session, root: Path, wiring: check.Wiring) -> list[ProcessVersion]:
    """Store every process folder below ``root`` whose content is new; called when a new version starts."""
    return [publish(session, engine.read_folder(folder), wiring) for folder in folders(root)]


def folders(root: Path) -> list[Path]:
    """Return the folders that hold a process, by name."""
    return sorted(p for p in root.iterdir() if p.is_dir() and any(p.glob("*.bpmn")))


def keys_in_use(session: Session) -> list[str]:
    """Return the form keys that open tasks still need, whatever version their case is pinned to."""
    return list(session.scalars(select(Task.form).where(Task.state == "open").distinct()))
