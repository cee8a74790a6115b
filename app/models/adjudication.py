"""The facts of an adjudication: the request, the panel's votes and decision, hearings, evidence, measures, suits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.adjudication import Finding, HearingResult, Measure, SuitResult, SuspensionGround
from app.domain.disputes import Competence, DisputeKind
from app.models.base import Base
from app.models.case import Case, Party
from app.models.dispute import Dispute
from app.models.document import Document
from app.models.types import EncryptedJson, JsonText, UtcDateTime, one_of
from app.models.user import User


class Adjudication(Dispute, Base):
    """What an adjudication is about (order 81, arts. 12-15), one row beside its case.

    ``split_off`` are the requests that can only be mediated, ``claims`` those of the patent that the requester relies on
    (order 81, art. 36). ``abroad``: the respondent has no domicile in China, and so thirty days to answer (art. 22).
    ``recorder`` keeps the records of the panel. ``right_filed_on`` is the filing date of the patent, where it is known.
    ``unpublished_on``: the decision was taken off the public pages.
    """

    __tablename__ = "adjudication"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    claims: Mapped[str] = mapped_column(Text, default="")
    right_filed_on: Mapped[date | None]
    split_off: Mapped[list[str]] = mapped_column(JsonText, default=list)
    abroad: Mapped[bool] = mapped_column(default=False)
    report_asked: Mapped[bool] = mapped_column(default=False)
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    trial: Mapped[str | None] = mapped_column(String(12))
    finding: Mapped[str | None] = mapped_column(String(16))
    decided_on: Mapped[date | None]
    published_on: Mapped[date | None]
    unpublished_on: Mapped[date | None]

    case: Mapped[Case] = relationship(back_populates="adjudication")
    recorder: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint(one_of("competence", Competence), name="competence_known"),
        CheckConstraint("trial IN ('hearing','written')", name="trial_known"),
        CheckConstraint(one_of("finding", Finding), name="finding_known"),
        CheckConstraint("(finding IS NULL) = (decided_on IS NULL)", name="decided_has_a_day"),
    )

    # What only a mediation asks: an adjudication is about infringement, and never about money (patent law, art. 65).
    amount_claimed: ClassVar[Decimal | None] = None
    only_damages: ClassVar[bool] = False

    @property
    def dispute_kind(self) -> str:
        """What the dispute is."""
        return DisputeKind.INFRINGEMENT.value


class Suspension(Base):
    """A time during which a case stands still: why, on whose word, by which notice; ``last`` is empty while it lasts."""

    __tablename__ = "suspension"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    ground: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_on: Mapped[date]
    granted: Mapped[bool | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_on: Mapped[date | None]
    resumed_on: Mapped[date | None]

    proposed_by: Mapped[User] = relationship(foreign_keys=proposed_by_id)

    __table_args__ = (
        CheckConstraint(one_of("ground", SuspensionGround), name="ground_known"),
        CheckConstraint("(granted IS NULL) = (decided_on IS NULL)", name="decided_has_a_day"),
    )


class Proposal(Base):
    """What was put to the head of the department beside the main line, and what was decided.

    ``kind``: cancellation, withdrawal, settlement, jurisdiction. ``ground`` is one of the kind's own codes.
    """

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    ground: Mapped[str] = mapped_column(String(24), default="")
    reason: Mapped[str] = mapped_column(Text)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    on: Mapped[date]
    granted: Mapped[bool | None]
    decided_on: Mapped[date | None]

    party: Mapped[Party | None] = relationship()
    by: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint(
            "kind IN ('cancellation','withdrawal','settlement','jurisdiction','absence')", name="kind_known"
        ),
        CheckConstraint("(granted IS NULL) = (decided_on IS NULL)", name="decided_has_a_day"),
    )


class Evidence(Base):
    """A piece of evidence: who brought it, its number in the case, what it is to prove, what the other side says of it.

    ``opinions`` are what each other party said at the cross-examination, by the id of the party. ``admitted`` is what
    the panel finds in its decision.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    place: Mapped[int]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    title: Mapped[str] = mapped_column(String(200))
    proves: Mapped[str] = mapped_column(Text, default="")
    pages: Mapped[int | None]
    handed_in_on: Mapped[date]
    late: Mapped[bool] = mapped_column(default=False)
    number: Mapped[str] = mapped_column(String(20), default="")
    opinions: Mapped[dict[str, str]] = mapped_column(JsonText, default=dict)
    admitted: Mapped[bool | None]
    assessment: Mapped[str] = mapped_column(Text, default="")

    party: Mapped[Party | None] = relationship()

    __table_args__ = (UniqueConstraint("case_id", "place", name="uq_evidence_place"),)


class EvidenceMeasure(Base):
    """How the office gets evidence: proposed by the panel, reviewed by the section head, decided by the head, carried out.

    ``party`` is the party at which it is taken, where it is one. ``facts`` are what the papers print of it: the things
    that were taken, the matters of an appraisal.
    """

    __tablename__ = "evidence_measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    of: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_on: Mapped[date]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reviewed_on: Mapped[date | None]
    review: Mapped[str] = mapped_column(Text, default="")
    granted: Mapped[bool | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_on: Mapped[date | None]
    carried_out_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    proposed_by: Mapped[User] = relationship(foreign_keys=proposed_by_id)
    reviewed_by: Mapped[User | None] = relationship(foreign_keys=reviewed_by_id)
    party: Mapped[Party | None] = relationship()
    document: Mapped[Document | None] = relationship()

    __table_args__ = (
        CheckConstraint(one_of("kind", Measure), name="kind_known"),
        CheckConstraint("(granted IS NULL) = (decided_on IS NULL)", name="decided_has_a_day"),
        CheckConstraint("ended_on IS NULL OR ended_on >= carried_out_on", name="ends_after_it_began"),
    )


class Hearing(Base):
    """One hearing (口头审理): when and where, who asked for another day, who came, what was said, who signed the record.

    ``attended`` are the ids of the parties that were there, ``present`` the people: for which party, name, capacity.
    """

    __tablename__ = "hearing"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    place: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    venue: Mapped[str] = mapped_column(String(200))
    online: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=False)
    closed_because: Mapped[str] = mapped_column(Text, default="")
    announced_on: Mapped[date | None]
    replies: Mapped[dict[str, Any]] = mapped_column(EncryptedJson, default=dict)
    result: Mapped[str | None] = mapped_column(String(24))
    attended: Mapped[list[int]] = mapped_column(JsonText, default=list)
    present: Mapped[list[dict[str, Any]]] = mapped_column(JsonText, default=list)
    ended: Mapped[datetime | None] = mapped_column(UtcDateTime)
    script: Mapped[list[dict[str, str]]] = mapped_column(JsonText, default=list)
    signed: Mapped[list[dict[str, str]]] = mapped_column(JsonText, default=list)
    reschedules: Mapped[list[dict[str, str]]] = mapped_column(JsonText, default=list)

    __table_args__ = (
        UniqueConstraint("case_id", "place", name="uq_hearing_place"),
        CheckConstraint(one_of("result", HearingResult), name="result_known"),
    )


class Opinion(Base):
    """What a member of the panel votes in a round of deliberation, and why; nobody outside the panel reads it."""

    __tablename__ = "opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    round: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    vote: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "round", "user_id", name="uq_opinion_once"),
        CheckConstraint(one_of("vote", Finding), name="vote_known"),
    )


class Deliberation(Base):
    """A round of deliberation that is concluded: what the majority found, and who dissents (order 81, art. 25)."""

    __tablename__ = "deliberation"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    round: Mapped[int]
    finding: Mapped[str | None] = mapped_column(String(16))
    concluded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("case_id", "round", name="uq_deliberation_round"),
        CheckConstraint(one_of("finding", Finding), name="finding_known"),
    )


class Decision(Base):
    """A draft of the decision from the structured findings; a changed draft is a new row, the issued one binds.

    ``text`` holds the parts that a person drafted: facts, reasoning, evidence findings, fees.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    place: Mapped[int]
    finding: Mapped[str] = mapped_column(String(16))
    orders: Mapped[list[str]] = mapped_column(JsonText, default=list)
    rejected: Mapped[list[str]] = mapped_column(JsonText, default=list)
    text: Mapped[dict[str, Any]] = mapped_column(JsonText)
    perform_days: Mapped[int | None]
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reviewed_on: Mapped[date | None]
    review: Mapped[str] = mapped_column(Text, default="")
    issued_on: Mapped[date | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    drafted_by: Mapped[User] = relationship(foreign_keys=drafted_by_id)
    reviewed_by: Mapped[User | None] = relationship(foreign_keys=reviewed_by_id)
    document: Mapped[Document | None] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "place", name="uq_decision_place"),
        CheckConstraint(one_of("finding", Finding), name="finding_known"),
        CheckConstraint("(issued_on IS NULL) = (document_id IS NULL)", name="issued_has_a_paper"),
    )


class Publication(Base):
    """The public version of a decision: what is shown, what was taken out, who allowed it (order 81, art. 83)."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    sheet: Mapped[dict[str, Any]] = mapped_column(JsonText)
    masked: Mapped[list[dict[str, str]]] = mapped_column(JsonText, default=list)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    published_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    case: Mapped[Case] = relationship()
    document: Mapped[Document | None] = relationship()


class Suit(Base):
    """A suit of a party against the decision, and what became of it."""

    __tablename__ = "suit"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    court: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(80), default="")
    filed_on: Mapped[date]
    result: Mapped[str] = mapped_column(String(12), default="filed")
    result_on: Mapped[date | None]

    party: Mapped[Party] = relationship()

    __table_args__ = (CheckConstraint(one_of("result", SuitResult), name="result_known"),)
