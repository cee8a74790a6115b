"""The volumes of an archived case as files, and one ZIP of them with the originals, their hashes and the chain of events."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from app import audit, clock
from app.documents import catalogue, pages, store
from app.documents import volumes as documents
from app.documents.kinds import Kind
from app.domain.archives import Volume, with_supplement
from app.domain.errors import RuleBroken
from app.models import Document, StoredFile
from app.services import files, papers
from app.services.acting import Acting

VERIFIER = Path(__file__).parents[2] / "tools" / "verify_archive.py"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the day of a file in the ZIP says nothing; the manifest does
PDF, ZIP = "application/pdf", "application/zip"


@dataclass(frozen=True)
class Item:
    """A paper in its place within a volume."""

    number: int
    page: int
    document: Document
    author: str

    @cached_property
    def data(self) -> bytes:
        """Return the bytes, and refuse where they are no longer those that were kept."""
        assert self.document.file is not None
        try:
            with store.open(self.document.file.sha256) as stream:
                data = stream.read()
        except FileNotFoundError:
            data = b""
        if hashlib.sha256(data).hexdigest() != self.document.file.sha256:
            raise RuleBroken("文件“%(name)s”已经丢失或者损坏，不能立卷", name=self.document.file.name)
        return data

    @cached_property
    def is_set(self) -> bool:
        """Say whether the office set it as PDF/A, so that it stands in the volume itself and not beside it."""
        return self.document.issued and documents.is_archival(self.data)

    def line(self) -> dict[str, Any]:
        """Return its line of the index."""
        return {
            "number": self.document.number or "",
            "author": self.author,
            "title": self.document.title,
            "date": self.document.made_on.isoformat(),
            "page": self.page,
            "note": "" if self.is_set else "另附",
        }

    def apart(self) -> dict[str, Any]:
        """Return how the index names a file that is kept beside the volume in its own format."""
        assert self.document.file is not None
        return {"place": self.number, "name": self.document.file.name, "sha256": self.document.file.sha256}

    def path(self, volume: Volume) -> str:
        """Return where its original lies in the ZIP."""
        assert self.document.file is not None
        ending = PurePosixPath(self.document.file.name).suffix.lower()
        return f"files/{volume.value}/{self.number:03}{ending if ending[1:].isalnum() and ending.isascii() else ''}"

    def listed(self, volume: Volume) -> dict[str, Any]:
        """Return what the manifest says of it."""
        kind = catalogue.KINDS[self.document.kind]
        more = {"place": self.number, "kind": kind.name, "pages": pages_of(self.document), "path": self.path(volume)}
        return {**self.line(), **more}


@dataclass(frozen=True, slots=True)
class Bound:
    """A volume: its cover, its index, and its papers in order."""

    volume: Volume
    cover: Document
    index: Document
    items: list[Item]

    @property
    def pages(self) -> int:
        """Return the number of pages without cover and index."""
        return sum(pages_of(i.document) for i in self.items)

    def as_pdf(self, case_number: str) -> bytes:
        """Return cover, index and every paper that the office has set, as one PDF/A."""
        front = [(d.title, Item(0, 0, d, "").data) for d in (self.cover, self.index)]
        inside = [(f"{i.number}. {i.document.title}", i.data) for i in self.items if i.is_set]
        return documents.bound(f"{case_number} {self.volume.label}", [*front, *inside])


def pages_of(document: Document) -> int:
    """Return how many pages it takes; what nobody can count (a spreadsheet, a picture) takes one."""
    return (document.file.pages if document.file else None) or 1


def numbered(found: list[Document], author: Callable[[Document], str]) -> list[Item]:
    """Return papers with their number and the page each begins on."""
    items, page = [], 1
    for number, document in enumerate(found, 1):
        items.append(Item(number, page, document, author(document)))
        page += pages_of(document)
    return items


def bind(acting: Acting, volumes: list[Bound], *, supplement: int, about: dict[str, Any]) -> StoredFile:
    """Keep each volume and the package as papers of the case and return the package.

    The main volume is for all in the case. What holds the office's papers its officials read, and what holds those of
    the panel nobody but the panel.
    """
    inner = {i.document.seen_by for v in volumes for i in v.items if v.volume is Volume.SECONDARY}
    hidden = "panel" if "panel" in inner else "office"
    parts: dict[str, bytes] = {}
    for one in volumes:
        data = one.as_pdf(acting.case.number)
        parts[f"{one.volume.value}.pdf"] = data
        seen_by = "all" if one.volume is Volume.MAIN else hidden
        kind = catalogue.KINDS[f"{one.volume.value}_volume"]
        _keep(acting, kind, data, seen_by, supplement=supplement, number=pages.count(data))
        parts |= {item.path(one.volume): item.data for item in one.items}
    parts["verify.py"] = VERIFIER.read_bytes()
    events = audit.written_out(acting.session, acting.case)
    manifest = {
        **about,
        "volumes": [{"volume": v.volume.value, "items": [i.listed(v.volume) for i in v.items]} for v in volumes],
        "files": [{"path": p, "size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for p, d in parts.items()],
        "chain": {"count": len(events), "head": events[-1]["hash"]},
        "events": events,
    }
    parts["manifest.json"] = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    return _keep(acting, catalogue.KINDS["archive_package"], _zipped(parts), hidden, supplement=supplement)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, data in parts.items():
            package.writestr(zipfile.ZipInfo(path, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _keep(
    acting: Acting, paper: Kind, data: bytes, seen_by: str, *, supplement: int, number: int | None = None
) -> StoredFile:
    stored = files.keep(acting.session, data)
    name = with_supplement(paper.name, supplement)
    ending, media_type = (".zip", ZIP) if paper.identifier == "archive_package" else (".pdf", PDF)
    file = StoredFile(
        sha256=stored.sha256,
        name=f"{name}（{acting.case.number}）{ending}",
        media_type=media_type,
        size=stored.size,
        pages=number,
        uploaded_at=clock.now(),
    )
    document = Document(
        case=acting.case,
        kind=paper.identifier,
        place=papers.next_place(acting),
        title=name,
        title_en=f"{paper.name_en}, supplement {supplement}" if supplement else paper.name_en,
        issued=False,
        file=file,
        seen_by=seen_by,
        made_on=acting.today,
        made_at=clock.now(),
        made_by_id=acting.by.id if acting.by else None,
    )
    acting.session.add(document)
    audit.keep(acting.session, acting.case, document)
    return file
