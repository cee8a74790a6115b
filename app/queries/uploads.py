"""The files that a person has uploaded and may still name in a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import StoredFile, User


def uploaded(session: Session, user: User) -> dict[str, Any]:
    """Return the files this person uploaded and may still name in a form, so that a kept one shows its name."""
    return {"upload_url": "/files", "files": Uploads(session, user.id)}


def brought(session: Session, mark: str) -> dict[str, Any]:
    """Return the files that a browser without an account has brought, so that a kept one shows its name."""
    rows = select(StoredFile).where(StoredFile.brought_by == mark).order_by(StoredFile.id.desc()).limit(200)
    found = session.scalars(rows) if mark else ()
    return {"files": {f.id: {"id": f.id, "name": f.name, "size": f.size, "href": ""} for f in found}}


class Uploads(Mapping[int, Mapping[str, Any]]):
    """The files somebody uploaded, by id: looked up when a page shows one, not for every form that could."""

    def __init__(self, session: Session, user_id: int) -> None:
        self._session, self._user_id = session, user_id

    @cached_property
    def _files(self) -> dict[int, dict[str, Any]]:
        rows = self._session.scalars(
            select(StoredFile)
            .where(StoredFile.uploaded_by_id == self._user_id)
            .order_by(StoredFile.id.desc())
            .limit(200)
        )
        return {f.id: {"id": f.id, "name": f.name, "size": f.size, "href": f"/files/{f.id}"} for f in rows}

    def __bool__(self) -> bool:
        return True  # whether there are any is not worth a question to the database

    def __getitem__(self, file_id: int) -> Mapping[str, Any]:
        return self._files[file_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
