"""The case file as one person may see it: story, papers, clocks, tasks, notes; and the list of cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app import policy
from app.domain import naming, statute
from app.domain.awards.applications import PROCESS as AWARD
from app.domain.errors import NotFound
from app.domain.events import KINDS, CaseClosed
from app.domain.roles import Role
from app.domain.roster.projects import PROCESS as PROJECT
from app.models import (
    Adjudication,
    Agreement,
    Case,
    Deadline,
    Document,
    Event,
    Follow,
    Mediation,
    MediationSession,
    Note,
    Party,
    ServiceRecord,
    StoredFile,
    Task,
    User,
)
from app.queries import cursors, searching, sight
from app.queries.award_files import AwardFile, award_file
from app.queries.cases import visible_to
from app.queries.links import Linked, linked, without_hidden_cases
from app.queries.projects import ProjectFile, project_file
from app.queries.roster_files import RosterFile, roster_file
from app.queries.sight import EVER, horizon
from app.queries.trials import Trial, trial_of
from app.queries.visits import VisitFile, visit_file

PAGE = 20

_OPEN = select(Task).where(Task.case_id == bindparam("case"), Task.state == "open").order_by(Task.due_sort, Task.id)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of a case that this person may see, until when they are told of it, and where it stands for them."""

    official: bool
    until: datetime
    state: str
    mediator: User | None
    trial: Trial | None
    dispute: Mediation | Adjudication | None
    award: AwardFile | None
    roster: RosterFile | None
    visit: VisitFile | None
    project: ProjectFile | None
    events: list[Event]
    tasks: list[Task]
    mine: list[Task]
    holders: list[Task]
    documents: list[Document]
    deadlines: list[Deadline]
    sessions: list[MediationSession]
    agreement: Agreement | None
    notes: list[Note]
    links: list[Linked]
    following: bool

    @property
    def follows(self) -> bool:
        """Say whether this person is told where the case stands now: not a party that has left."""
        return self.until == EVER

    @property
    def right(self) -> str | None:
        """Return the kind of right in dispute, where the case is about one."""
        return self.dispute.right_type if self.dispute else None


def casefile(session: Session, user: User, case: Case) -> CaseFile:
    """Return the case file for ``user``; what is internal to the office is left out for a party."""
    official = user.is_official
    until = horizon(user, case)
    tasks = _tasks(session, case)
    mine = [t for t in tasks if policy.may(user, "task.complete", t) and _first_hand(user, t)]
    return CaseFile(
        official=official,
        until=until,
        state=sight.state(session, user, case),
        mediator=_mediator(case, until),
        trial=trial_of(session, case, user, until=until),
        dispute=case.dispute,
        award=award_file(session, user, case) if case.kind == AWARD else None,
        roster=roster_file(session, user, case),
        visit=visit_file(session, user, case),
        project=project_file(session, user, case) if case.kind == PROJECT else None,
        events=[e for e in _events(session, user, case, official) if e.at <= until or e.kind == CaseClosed.kind],
        tasks=tasks if official else mine,
        mine=mine,
        holders=[t for t in tasks if t not in mine and until == EVER and policy.is_not_resting(user, t)],
        documents=documents(session, user, case),
        deadlines=_deadlines(session, user, case, official),
        sessions=sessions(session, case, until),
        agreement=agreement(session, case, until),
        notes=_notes(session, case) if policy.may(user, "case.note", case) else [],
        links=linked(session, user, case) if official else [],
        following=session.get(Follow, (user.id, case.id)) is not None,
    )


def open_tasks(user: User, case: Case) -> list[Task]:
    """Return the open tasks of a case that this person may see."""
    tasks = case.open_tasks
    return tasks if user.is_official else [t for t in tasks if _first_hand(user, t) and t.party_id is not None]


def _mediator(case: Case, until: datetime) -> User | None:
    """Return who mediates, as far as somebody is told who looks on until then."""
    seat = case.staff_in(Role.MEDIATOR)
    return seat.user if seat is not None and seat.since <= until else None


def _first_hand(user: User, task: Task) -> bool:
    """Say whether the task is this person's own to do; tasks a clerk could only enter on paper for a party are not."""
    return task.unit_id is not None or any(p.id == task.party_id for p in policy.parties_of(user, task.case))


def _tasks(session: Session, case: Case) -> list[Task]:
    people = (joinedload(Task.assignee), joinedload(Task.party))
    return list(session.scalars(_OPEN.options(*people), {"case": case.id}))


def _events(session: Session, user: User, case: Case, official: bool) -> list[Event]:
    """Return the story of the case; a party is told neither what is internal nor how an internal target moves."""
    kinds = [k for k, cls in KINDS.items() if official or cls.seen_by not in ("office", "panel")]
    rows = session.scalars(
        select(Event)
        .where(Event.case_id == case.id, Event.kind.in_(kinds))
        .options(joinedload(Event.by), joinedload(Event.acting_for))
        .order_by(Event.seq)
    )
    seen = (e for e in rows if sight.tells_of(user, case, e))
    told = [e for e in seen if official or not str(e.data.get("rule", "")).startswith(statute.INTERNAL)]
    return without_hidden_cases(session, user, told)


def documents(session: Session, user: User, case: Case) -> list[Document]:
    """Return the papers of a case that this person may read, in order."""
    rows, until = select(Document).where(Document.case_id == case.id, sight.own_papers(user, case)), horizon(user, case)
    if not user.is_official and until != EVER:
        own = [p.id for p in policy.parties_of(user, case)]
        rows = rows.where(or_(Document.made_at <= until, Document.party_id.in_(own)))
    found = list(
        session.scalars(
            rows.options(
                joinedload(Document.file),
                joinedload(Document.made_by),
                selectinload(Document.services.and_(ServiceRecord.at <= until)).joinedload(ServiceRecord.party),
            ).order_by(Document.place)
        )
    )
    _read_receipts(session, found)
    return found


def _read_receipts(session: Session, papers: list[Document]) -> None:
    """Have what the service receipts were made from at hand: only it says whose receipt each is."""
    receipts = {one.id: one for one in papers if one.kind == "service_receipt" and one.issued}
    if receipts:
        for key, facts in session.execute(select(Document.id, Document.facts).where(Document.id.in_(receipts))):
            set_committed_value(receipts[key], "facts", facts)


def last_place(session: Session, case_id: int) -> int:
    """Return the place of the last paper of a case; 0 where it has none."""
    return session.scalar(select(func.max(Document.place)).where(Document.case_id == case_id)) or 0


def clerk_of(session: Session, case_id: int) -> User | None:
    """Return the clerk who last did a step of a case and still works here; nobody where none has yet."""
    steps = select(User).join(Task, Task.done_by_id == User.id).where(Task.case_id == case_id, User.active)
    of_clerks = steps.where(Task.state == "done", Task.role == Role.INTAKE_CLERK, Task.party_id.is_(None))
    return session.scalars(of_clerks.order_by(Task.done_at.desc(), Task.id.desc()).limit(1)).first()


def document_for(session: Session, user: User, case: Case, document_id: int) -> Document:
    """Return one paper of a case this person may see, or raise ``NotFound``."""
    found = next((d for d in documents(session, user, case) if d.id == document_id), None)
    if found is None:
        raise NotFound("document")
    return found


def file_for(session: Session, user: User, file_id: int) -> StoredFile:
    """Return a file this person uploaded themselves; files of a case are reached through its papers."""
    file = session.scalar(select(StoredFile).where(StoredFile.id == file_id, StoredFile.uploaded_by_id == user.id))
    if file is None:
        raise NotFound("file")
    return file


def _deadlines(session: Session, user: User, case: Case, official: bool) -> list[Deadline]:
    rows = select(Deadline).where(Deadline.case_id == case.id)
    if not official:
        own = [p.id for p in policy.parties_of(user, case)]
        rows = rows.where(
            ~Deadline.rule.startswith(statute.INTERNAL), or_(Deadline.party_id.is_(None), Deadline.party_id.in_(own))
        )
        if (until := horizon(user, case)) != EVER:
            rows = rows.where(or_(Deadline.ended_at <= until, Deadline.party_id.in_(own)))
    return list(session.scalars(rows.options(joinedload(Deadline.party)).order_by(Deadline.due_on, Deadline.id)))


def sessions(session: Session, case: Case, until: datetime = EVER) -> list[MediationSession]:
    """Return the sessions; to a party that has left, the story tells what was before."""
    if until != EVER:
        return []
    rows = select(MediationSession).where(MediationSession.case_id == case.id)
    return list(session.scalars(rows.order_by(MediationSession.place)))


def agreement(session: Session, case: Case, until: datetime = EVER) -> Agreement | None:
    """Return the last draft of the agreement with what each party answered: the affair of those who take part."""
    if until != EVER:
        return None
    return session.scalar(
        select(Agreement)
        .where(Agreement.case_id == case.id)
        .options(selectinload(Agreement.answers))
        .order_by(Agreement.place.desc())
        .limit(1)
    )


def _notes(session: Session, case: Case) -> list[Note]:
    return list(session.scalars(select(Note).where(Note.case_id == case.id).order_by(Note.id.desc())))


def without_account(session: Session, case: Case) -> set[int]:
    """Return the ids of the parties for which nobody has an account that is known to be theirs."""
    return set(session.scalars(select(Party.id).where(Party.case_id == case.id, ~sight.has_account())))


def deadline_for(session: Session, user: User, case: Case, deadline_id: int) -> Deadline:
    """Return one period of the case that this person may see, or raise ``NotFound``."""
    periods = _deadlines(session, user, case, user.is_official)
    found = next((d for d in periods if d.id == deadline_id), None)
    if found is None:
        raise NotFound("deadline")
    return found


@dataclass(frozen=True, slots=True)
class Search:
    """What cases somebody looks for."""

    text: str = ""
    state: str = ""
    process: str = ""
    cursor: str = ""


def search_from(values: Any) -> Search:
    """Read a search from the parameters of an address."""
    return Search(
        text=(values.get("text") or "").strip()[:100],
        state=(values.get("state") or "")[:32],
        process=(values.get("process") or "")[:32],
        cursor=(values.get("cursor") or "")[:200],
    )


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of cases, the cursor of the next, and how many there are."""

    items: list[Case]
    next: str
    total: int


def page(session: Session, user: User, wanted: Search) -> CasePage:
    """Return one page of the cases this person may see, newest first."""
    condition = and_(visible_to(user), *_narrowed(user, wanted))
    rows = select(Case).where(condition).options(joinedload(Case.unit))
    if wanted.cursor:
        at, last_id = cursors.read(wanted.cursor, datetime)
        rows = rows.where(or_(Case.opened_at < at, and_(Case.opened_at == at, Case.id < last_id)))
    found = list(session.scalars(rows.order_by(Case.opened_at.desc(), Case.id.desc()).limit(PAGE + 1)))
    items = found[:PAGE]
    following = cursors.write(items[-1].opened_at, items[-1].id) if len(found) > PAGE else ""
    total = session.scalar(select(func.count()).select_from(Case).where(condition)) or 0
    return CasePage(items, following, total)


def _narrowed(user: User, wanted: Search) -> list[Any]:
    conditions: list[Any] = []
    if wanted.state == "open":
        conditions.append(Case.closed_at.is_(None))
    elif wanted.state == "closed":
        conditions.append(Case.closed_at.is_not(None))
    elif wanted.state:
        conditions.append(sight.is_in(user, wanted.state))
    if wanted.process:
        conditions.append(Case.kind == wanted.process)
    conditions += [searching.has_word(user, word) for word in naming.sought(wanted.text)]
    return conditions
