"""The papers of a case: what the office issues, what a party hands in, and the facts that go into each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app import audit, clock, notifications
from app.documents import catalogue, letters
from app.domain.errors import NotFound
from app.domain.events import DocumentIssued, DocumentReceived, InternalPaperMade
from app.domain.masking import mask_phone, mask_resident_id
from app.domain.roles import SEATED, PartyRole, Role
from app.models import Addressee, Case, Document, Party, StoredFile, User
from app.queries import casefile, cases
from app.services import files, settings
from app.services.acting import LETTER_FACTS, Acting

# What every paper says of the office, and the setting in which it stands.
OFFICE = {
    "office": "office.name",
    "office_address": "office.address",
    "office_phone": "office.phone",
    "office_postcode": "office.postcode",
    "court": "office.court",
    "suit_court": "office.suit_court",
    "suit_within": "remedy.suit_within",
}


def issue(
    acting: Acting,
    kind: str,
    *,
    to: Iterable[Party] = (),
    seen_by: str = "all",
    replaces: Document | None = None,
    **facts: Any,
) -> Document:
    """Issue a document of ``kind``: number it and keep the facts it is made from; a job renders it after the commit.

    ``to`` are the parties it is addressed to. Raises ``RuleBroken`` where a fact that the template needs is missing.
    """
    session, case = acting.session, acting.case
    paper = catalogue.KINDS[kind]
    receivers = list(to)
    place = next_place(acting)
    number = f"{case.number.removesuffix('号')}-{place}号" if paper.needs_number else None
    content = {**common_facts(session, case, acting.today), **_office(session, _handler(acting)), **facts}
    content |= {"number": number, "to": [facts_of(p) for p in receivers]}
    if replaces is not None and replaces.number:
        content["replaces"] = replaces.number
    letters.check_facts(kind, content)
    document = Document(
        case=case,
        kind=kind,
        place=place,
        number=number,
        title=paper.name,
        title_en=paper.name_en,
        issued=True,
        facts=content,
        seen_by=seen_by,
        party_id=receivers[0].id if seen_by == "party" else None,
        replaces_id=replaces.id if replaces else None,
        made_on=acting.today,
        made_at=clock.now(),
        made_by_id=acting.by.id if acting.by else None,
    )
    if (
        paper.needs_number and not paper.handed_over and seen_by == "all"
    ):  # a letter of the office has to reach somebody
        document.addressees = [Addressee(party=p, party_id=p.id) for p in receivers]
    session.add(document)
    if seen_by != "party":  # the act that makes a paper for one party alone says so itself
        internal = seen_by in ("office", "panel")
        acting.record(
            InternalPaperMade(document=paper.name) if internal else DocumentIssued(document=paper.name, number=number)
        )
    if receivers:
        notifications.document_issued(session, document, receivers)
    return document


def disclose(document: Document, to: Iterable[Party]) -> None:
    """Show a paper that was kept with the office to everybody in the case; ``to`` are those on whom it is served."""
    document.seen_by = "all"
    document.addressees = [Addressee(party=p, party_id=p.id) for p in to]


def receive(
    acting: Acting,
    kind: str,
    file_ids: Iterable[int],
    *,
    party: Party | None = None,
    title: str | None = None,
    seen_by: str = "all",
    replaces: Document | None = None,
) -> list[Document]:
    """Take files into the case as documents of ``kind``; a file is taken only from the person who uploaded it."""
    taken = []
    for file in files_of(acting, file_ids):
        name = title or catalogue.KINDS[kind].name
        document = Document(
            case=acting.case,
            kind=kind,
            place=next_place(acting),
            title=name,
            title_en=title or catalogue.KINDS[kind].name_en,  # what people typed is shown as typed
            issued=False,
            file=file,
            seen_by=seen_by,
            party_id=party.id if party is not None and seen_by == "party" else None,
            replaces_id=replaces.id if replaces else None,
            made_on=acting.today,
            made_at=clock.now(),
            made_by_id=acting.by.id if acting.by else None,
        )
        acting.session.add(document)
        taken.append(document)
    if taken:
        audit.keep(acting.session, acting.case, *taken)
        acting.record(DocumentReceived(document=taken[0].title, party=party.name if party else None))
    return taken


def files_of(acting: Acting, file_ids: Iterable[int]) -> list[StoredFile]:
    """Return the uploaded files with these ids; an id that is not this person's is refused like one that is not."""
    return files.uploaded_by(acting.session, file_ids, acting.by.id if acting.by else None)


def next_place(acting: Acting) -> int:
    """Return the next place among the papers of the case."""
    acting.last_place += 1
    return acting.last_place


def common_facts(session: Session, case: Case, on: date) -> dict[str, Any]:
    """Return what nearly every paper of a case prints: number, parties, dates, and what its process adds."""
    return {
        "process": case.kind,
        "case_number": case.number,
        "date": on.isoformat(),
        "received_on": case.received_on.isoformat(),
        "requesters": [facts_of(p) for p in case.parties if p.role == "requester"],
        "respondents": [facts_of(p) for p in case.parties if p.role == "respondent"],
        **(
            {"applicants": applicants}
            if (applicants := [facts_of(p) for p in case.parties if p.role == "applicant"])
            else {}
        ),
        **(LETTER_FACTS[case.kind](session, case, on) if case.kind in LETTER_FACTS else {}),
    }


def facts_of(party: Party) -> dict[str, Any]:
    """Return what papers print of a party: who it is, how it is reached, who acts for it.

    Of a person's number enough is shown to tell two of the same name apart (PIPL, arts. 6 and 28).
    """
    organization = party.organization
    return {
        "name": party.name,
        "uscc": organization.uscc or "",
        "country": organization.country,
        "foreign_number": organization.foreign_number or "",
        "resident_id": mask_resident_id(organization.resident_id) if organization.resident_id else "",
        "legal_representative": party.told("legal_representative"),
        "address": party.told("address"),
        "postcode": party.told("postcode"),
        "phone": _phone(party),
        "role": PartyRole(party.role).label,
        "agents": [
            {"name": a.name, "firm": a.firm, "authority": "特别授权" if a.special else "一般授权"}
            for a in party.agents
            if a.until is None
        ],
    }


def _phone(party: Party) -> str:
    """Return the number as everybody in the case may read it, on paper as on the page: masked (PIPL, arts. 6 and 28)."""
    phone = party.told("phone")
    return mask_phone(phone) if phone else ""


def _handler(acting: Acting) -> User | None:
    """Return whom to turn to: the official who acts, or for a head who holds the case, or the clerk who had it in hand."""
    official = acting.by if acting.by is not None and acting.by.is_official else None
    if official is not None and not any(official.has_role(role, acting.case.unit_id) for role in _HEADS):
        return official
    if acting.opens:
        return None
    seat = next((s for role in SEATED if (s := acting.case.staff_in(role))), None)
    return seat.user if seat else casefile.clerk_of(acting.session, acting.case.id) or official


_HEADS = (Role.SECTION_HEAD, Role.DIRECTOR)  # they decide; it is those who work on the case whom one turns to


def _office(session: Session, by: User | None) -> dict[str, Any]:
    chosen = settings.several(session, *OFFICE.values())
    return {
        **{fact: chosen[key] for fact, key in OFFICE.items()},
        "handler": by.name if by is not None and by.is_official else "",  # a party that acts is nobody to turn to
    }


def to_render(session: Session, document_id: int) -> tuple[str, dict[str, Any]] | None:
    """Return the kind and the facts of an issued document that has no file yet; ``None`` where it has one."""
    document = session.get(Document, document_id, options=[undefer(Document.facts)])
    if document is None:
        raise NotFound("document")
    return None if document.file_id is not None or document.facts is None else (document.kind, document.facts)


def keep_rendered(session: Session, document_id: int, data: bytes, number: int | None) -> Document | None:
    """Keep the file of an issued document of ``number`` pages, once, and return the document.

    ``None`` where somebody else has kept it meanwhile.
    """
    case_id = session.scalar(select(Document.case_id).where(Document.id == document_id))
    case = cases.locked(session, case_id) if case_id is not None else None  # before the paper, as every act does
    document = session.scalar(select(Document).where(Document.id == document_id).with_for_update(of=Document))
    if case is None or document is None or document.file_id is not None:
        return None
    stored = files.keep(session, data)
    file = StoredFile(
        sha256=stored.sha256,
        name=f"{document.title}（{document.number or document.case.number}）.pdf",
        media_type="application/pdf",
        size=stored.size,
        pages=number,
        uploaded_at=clock.now(),
    )
    session.add(file)
    document.file = file
    audit.keep(session, case, document)
    return document


def previewed(letters_to_be: Iterable[tuple[str, dict[str, Any]]]) -> bytes:
    """Return letters that are not issued yet as one PDF, each marked as a preview."""
    together = PdfWriter()
    for kind, content in letters_to_be:
        together.append(BytesIO(letters.render(kind, content, preview=True)))
    data = BytesIO()
    together.write(data)
    return data.getvalue()


def preview(session: Session, case: Case, kind: str, by: User, *, to: Iterable[Party] = (), **facts: Any) -> bytes:
    """Return the PDF that issuing ``kind`` with these facts would give, marked as a preview; nothing is kept."""
    content = {**common_facts(session, case, clock.today()), **_office(session, by), **facts}
    content |= {"number": None, "to": [facts_of(p) for p in to]}
    return letters.render(kind, content, preview=True)


def latest(session: Session, case: Case, kind: str) -> Document | None:
    """Return the last document of ``kind`` in the case."""
    return session.scalar(
        select(Document)
        .where(Document.case_id == case.id, Document.kind == kind)
        .order_by(Document.place.desc())
        .limit(1)
    )


def upload(
    session: Session,
    data: bytes,
    *,
    name: str,
    media_type: str,
    by: User | None,
    brought_by: str | None = None,
    number: int | None = 1,
) -> StoredFile:
    """Keep an uploaded file of ``number`` pages for ``by`` until it is used in a case.

    One that somebody without an account brings is kept for the browser with the mark ``brought_by``.
    """
    stored = files.keep(session, data)
    file = StoredFile(
        sha256=stored.sha256,
        name=name,
        media_type=media_type,
        size=stored.size,
        pages=number,
        uploaded_by_id=by.id if by else None,
        brought_by=brought_by,
        uploaded_at=clock.now(),
    )
    session.add(file)
    session.flush()  # the caller answers with its id
    return file


def of_case(acting: Acting) -> list[Document]:
    """Return the papers of the case so far, in order."""
    rows = select(Document).where(Document.case_id == acting.case.id).order_by(Document.place)
    return list(acting.session.scalars(rows))


def facts_behind(session: Session, document: Document) -> dict[str, Any]:
    """Return the facts from which an issued document was made."""
    return session.scalar(select(Document.facts).where(Document.id == document.id)) or {}
