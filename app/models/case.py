"""A case, who is in it, and how it is numbered."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain import mediation
from app.domain.roles import PartyRole
from app.models.base import Base
from app.models.organization import Organization, OrgUnit
from app.models.types import EncryptedJson, JsonText, UtcDateTime, one_of
from app.models.user import User

if TYPE_CHECKING:
    from app.models.adjudication import Adjudication
    from app.models.assistance import Assistance
    from app.models.award_application import AwardApplication
    from app.models.invitation import Invitation
    from app.models.mediation import Agreement, Mediation
    from app.models.project import Project
    from app.models.roster_batch import Nomination
    from app.models.roster_review import RosterReview
    from app.models.task import Draft, Task


# What a request states of a party, in the order in which papers print it.
STATED = ("legal_representative", "address", "postcode", "phone", "email")


class Case(Base):
    """One case of any kind: where it stands, which process version it is pinned to, and the head of its history.

    The title names the first of each side, ``party_names`` everybody. ``drafts`` are those of requests that this case
    was turned into. ``position`` is the engine's text; ``version``
    makes two equal acts collide; ``event_count``, ``event_head`` and ``event_seal`` let a truncated history be found.
    ``kept`` is the count of what is under the seal beside the history; empty where nothing has come in since there is one.
    """

    __tablename__ = "case"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    receipt_number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(500))
    title_en: Mapped[str] = mapped_column(String(500), default="")
    party_names: Mapped[str] = mapped_column(Text, default="")
    subject: Mapped[str] = mapped_column(String(300), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    received_on: Mapped[date]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_filed_on: Mapped[date]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(40))
    regime: Mapped[str] = mapped_column(String(16))
    process_digest: Mapped[str] = mapped_column(ForeignKey("process_version.digest"))
    position: Mapped[str] = mapped_column(Text, deferred=True)
    version: Mapped[int] = mapped_column(default=1)
    recusal_pending: Mapped[bool] = mapped_column(default=False)
    event_count: Mapped[int] = mapped_column(default=0)
    event_head: Mapped[str] = mapped_column(String(64), default="")
    event_seal: Mapped[str] = mapped_column(String(64), default="")
    kept: Mapped[str | None] = mapped_column(String(64))

    unit: Mapped[OrgUnit] = relationship(viewonly=True)  # for reading: who writes a case writes the id
    parties: Mapped[list[Party]] = relationship(back_populates="case", order_by="Party.place")
    staff: Mapped[list[CaseStaff]] = relationship(back_populates="case", order_by="CaseStaff.id")

    mediation: Mapped[Mediation | None] = relationship(back_populates="case", viewonly=True)
    adjudication: Mapped[Adjudication | None] = relationship(back_populates="case", viewonly=True)
    award: Mapped[AwardApplication | None] = relationship(back_populates="case", viewonly=True)
    nomination: Mapped[Nomination | None] = relationship(back_populates="case", viewonly=True)
    roster_review: Mapped[RosterReview | None] = relationship(back_populates="case", viewonly=True)
    assistance: Mapped[Assistance | None] = relationship(back_populates="case", viewonly=True)
    project: Mapped[Project | None] = relationship(back_populates="case", viewonly=True)
    agreements: Mapped[list[Agreement]] = relationship(order_by="Agreement.place", viewonly=True)
    drafts: Mapped[list[Draft]] = relationship(viewonly=True)
    open_tasks: Mapped[list[Task]] = relationship(
        primaryjoin="and_(Task.case_id == Case.id, Task.state == 'open')",
        order_by="Task.due_sort, Task.id",
        viewonly=True,
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed_has_an_outcome"),
        Index("ix_case_unit_state", "unit_id", "state", "id"),
        Index("ix_case_opened", "opened_at", "id"),
    )

    @property
    def is_open(self) -> bool:
        """Say whether anything can still happen on the main line."""
        return self.closed_at is None

    @property
    def dispute(self) -> Mediation | Adjudication | None:
        """What the case is about, where it is about a right."""
        return self.adjudication if self.kind == "adjudication" else self.mediation

    def staff_in(self, role: str) -> CaseStaff | None:
        """Return who holds ``role`` in this case now; of a panel, who presides."""
        seats = self.seats(role)
        return next((s for s in seats if s.presides), next(iter(seats), None))

    def seats(self, role: str) -> list[CaseStaff]:
        """Return all who hold ``role`` in this case now."""
        return [s for s in self.staff if s.role == role and s.until is None]


# What of a party may be on file in other words than a request states it.
ON_FILE = ("legal_representative", "address", "postcode", "phone")


class Party(Base):
    """An organisation or person in a case, in a role, in order.

    ``sees`` says whether the case exists for them yet: for whoever files it at once, for everybody else when the
    office has accepted the request; nobody learns of a case because a stranger named them in a form. ``left_at`` is
    when they ceased to take part (withdrew, declined, stayed silent): what comes afterwards is not theirs to see.
    ``files_itself`` says that its own people filed the request: they need no proof to see what they wrote, until
    others come in their place.
    ``files_on_paper`` says that it filed the request at the counter: that much is known, but not who has an account in
    its name. ``stated`` is what the request says of a party that its own people did not enter: how to reach it, and who
    represents it, and ``called``: its name, where its code or number is on file under another one. That stays as it was
    stated; with ``own_words`` the party has come in since and speaks for itself.
    """

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    place: Mapped[int]
    stance: Mapped[str | None] = mapped_column(String(16))
    e_service_consent: Mapped[bool] = mapped_column(default=False)
    sees: Mapped[bool] = mapped_column(default=False)
    files_itself: Mapped[bool] = mapped_column(default=False)
    files_on_paper: Mapped[bool] = mapped_column(default=False)
    own_words: Mapped[bool] = mapped_column(default=False)
    stated: Mapped[dict[str, str] | None] = mapped_column(EncryptedJson)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    formerly: Mapped[list[dict[str, str]]] = mapped_column(JsonText, default=list, server_default="[]")

    case: Mapped[Case] = relationship(back_populates="parties")
    organization: Mapped[Organization] = relationship(lazy="joined")
    agents: Mapped[list[Agent]] = relationship(back_populates="party", order_by="Agent.id")
    invitations: Mapped[list[Invitation]] = relationship(back_populates="party", order_by="Invitation.id")

    def name_at(self, at: datetime) -> str:
        """Return who stood here then; whoever has come in the place of another got nothing that went out before."""
        before = (one["name"] for one in self.formerly if at < datetime.fromisoformat(one["until"]))
        return next(before, self.name)

    @property
    def takes_part(self) -> bool:
        """Say whether this party takes part in the matter itself: whoever was named to a decision, whoever consents to talks."""
        if self.case.kind == "mediation":
            return mediation.takes_part(self.role, self.stance)
        return self.stance != mediation.Stance.WITHDRAWN

    @property
    def misnamed(self) -> str:
        """The name that the request gave the party, where it has been corrected since; else empty."""
        stated = self._stated("name")
        return stated if stated != self.organization.name else ""

    @property
    def unproven(self) -> bool:
        """Say whether the party asks in a name that nobody has seen a licence or an identity card for."""
        filed = self.own_words or (self.place == 1 and not self.files_on_paper)
        return self.role == "requester" and filed and not self.organization.verified

    @property
    def only_stated(self) -> bool:
        """Say whether all that the case says of the party is what the request stated."""
        return self.stated is not None and not self.own_words

    @property
    def called(self) -> str:
        """The name that the request gives the party where another one is on file for it; else empty.

        Which one is right is for the office to find out: whoever filed is not told what is on file, or that anything is.
        """
        return self._stated("called") if self.only_stated else ""

    @property
    def name(self) -> str:
        """What the party is called in this case."""
        return self.called or self.organization.name

    @property
    def known_otherwise(self) -> bool:
        """Say whether the office has something else on file about the party than what this request states of it."""
        on_file = {name: getattr(self.organization, name) for name in ON_FILE}
        return self.only_stated and any(value and value != self._stated(name) for name, value in on_file.items())

    def told(self, name: str) -> str:
        """Return the address, phone, … of the party as everybody in the case may read them.

        What is on file about it from elsewhere is not for the other side to read until it speaks for itself.
        """
        return self._stated(name) if self.only_stated else self._on_file(name)

    def reached(self, name: str) -> str:
        """Return the same as the office uses it to serve papers: what a verified party said of itself comes first."""
        return self._on_file(name) if self.organization.verified else self.told(name)

    def keep_as_told(self) -> None:
        """Let what the case says of the party stay as it is, whoever speaks in the party's name from now on."""
        if not self.only_stated:
            self.stated = {name: self.told(name) for name in STATED}
        self.files_itself = self.own_words = False

    def _on_file(self, name: str) -> str:
        return getattr(self.organization, name) or self._stated(name)

    def _stated(self, name: str) -> str:
        return (self.stated or {}).get(name) or ""

    __table_args__ = (
        UniqueConstraint("case_id", "organization_id", name="uq_party_once"),
        CheckConstraint(one_of("role", PartyRole), name="role_known"),
        CheckConstraint(one_of("stance", mediation.Stance), name="stance_known"),
    )


class Agent(Base):
    """Somebody who acts for a party with a power of attorney; only a special one may settle, withdraw or admit."""

    __tablename__ = "agent"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    firm: Mapped[str] = mapped_column(String(200), default="")
    special: Mapped[bool] = mapped_column(default=False)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    party: Mapped[Party] = relationship(back_populates="agents")
    user: Mapped[User | None] = relationship()


class CaseStaff(Base):
    """An official who holds a role in a case; who held it before stays on the list with an end.

    Of a panel one ``presides``. Whoever is asked to step aside is ``resting`` until that is decided (order 81, art. 5).
    """

    __tablename__ = "case_staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str] = mapped_column(String(32))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_because: Mapped[str | None] = mapped_column(String(24))
    presides: Mapped[bool] = mapped_column(default=False, server_default=false())
    resting: Mapped[bool] = mapped_column(default=False, server_default=false())

    case: Mapped[Case] = relationship(back_populates="staff")
    user: Mapped[User] = relationship(lazy="joined")

    __table_args__ = (
        Index("ix_case_staff_case", "case_id"),
        Index("ix_case_staff_user", "user_id", "role", "until"),
        CheckConstraint("left_because IN ('recused','handed_over','reassigned')", name="left_because_known"),
    )


class CaseCounter(Base):
    """The last number given out for a kind of case in a year. Taken inside the act, so that no number is lost.

    ``seal`` is the end of a chain over the numbers up to ``sealed``: a counter that somebody set back does not fit it.
    """

    __tablename__ = "case_counter"

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
    sealed: Mapped[int] = mapped_column(default=0)
    seal: Mapped[str] = mapped_column(String(64), default="")


class CaseLink(Base):
    """Two cases that belong together, and how."""

    __tablename__ = "case_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    nature: Mapped[str] = mapped_column(String(40))

    __table_args__ = (
        UniqueConstraint("case_id", "other_id", name="uq_case_link_once"),
        CheckConstraint("case_id <> other_id", name="two_cases"),
    )


class Note(Base):
    """A remark on a case among the officials who handle it; never shown to a party."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)

    by: Mapped[User] = relationship(lazy="joined")


class Follow(Base):
    """Somebody who wants to see a case in their list without having to act in it."""

    __tablename__ = "follow"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
