"""An application for an award: filed, checked, recommended, reviewed, announced, approved, paid, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class ApplicationFiled(Happening):
    kind = "application_filed"
    leads_to = State.REQUESTED
    award: str
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class GrantOffered(Happening):
    kind = "grant_offered"
    leads_to = State.CONFIRMING
    award: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class GrantConfirmed(Happening):
    kind = "grant_confirmed"
    leads_to = State.RECOMMENDED


@dataclass(frozen=True, kw_only=True)
class GrantAppealed(Happening):
    kind = "grant_appealed"
    leads_to = State.APPEALED
    reason: str


@dataclass(frozen=True, kw_only=True)
class AppealSettled(Happening):
    kind = "appeal_settled"
    leads_to = State.CONFIRMING
    upheld: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class GrantWaived(Happening):
    kind = "grant_waived"


@dataclass(frozen=True, kw_only=True)
class ApplicationAccepted(Happening):
    kind = "application_accepted"
    leads_to = State.RECOMMENDING
    promised: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApplicationRefused(Happening):
    kind = "application_refused"
    grounds: tuple[str, ...]
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class ApplicationCorrected(Happening):
    kind = "application_corrected"
    leads_to = State.REQUESTED
    explanation: str = ""
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class PapersSupplied(Happening):
    kind = "papers_supplied"
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DistrictRecommended(Happening):
    kind = "district_recommended"
    unit: str
    recommended: bool
    opinion: str


@dataclass(frozen=True, kw_only=True)
class ReviewersDrawn(Happening):
    kind = "reviewers_drawn"
    leads_to = State.REVIEWING
    names: tuple[str, ...]
    role: str
    seed: str


@dataclass(frozen=True, kw_only=True)
class ReviewGiven(Happening):
    """That somebody reviewed, and not what they found: the others are not to know it before they have."""

    kind = "review_given"
    seen_by = "office"
    reviewer: str


@dataclass(frozen=True, kw_only=True)
class ReviewSettled(Happening):
    kind = "review_settled"
    leads_to = State.CONCLUDING
    seen_by = "office"
    verdict: str
    third: bool


@dataclass(frozen=True, kw_only=True)
class ReviewApproved(Happening):
    kind = "review_approved"
    leads_to = State.RECOMMENDED
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ApplicationRejected(Happening):
    kind = "application_rejected"
    leads_to = State.REJECTING
    reason: str


@dataclass(frozen=True, kw_only=True)
class SentBackToFormality(Happening):
    kind = "sent_back_to_formality"
    leads_to = State.REQUESTED
    reason: str


@dataclass(frozen=True, kw_only=True)
class SentBackToDistrict(Happening):
    kind = "sent_back_to_district"
    leads_to = State.RECOMMENDING
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class SentBackToReview(Happening):
    kind = "sent_back_to_review"
    leads_to = State.REVIEWING
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReconsiderationAsked(Happening):
    kind = "reconsideration_asked"
    leads_to = State.RECONSIDERING
    reason: str


@dataclass(frozen=True, kw_only=True)
class RejectionAccepted(Happening):
    kind = "rejection_accepted"


@dataclass(frozen=True, kw_only=True)
class Reconsidered(Happening):
    kind = "reconsidered"
    upheld: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Happening):
    kind = "application_withdrawn"
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class GrantAnnounced(Happening):
    kind = "grant_announced"
    leads_to = State.ANNOUNCED
    batch: str
    amount: Decimal
    until: date


@dataclass(frozen=True, kw_only=True)
class GrantTakenOut(Happening):
    kind = "grant_taken_out"
    leads_to = State.CONCLUDING
    batch: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class GrantApproved(Happening):
    kind = "grant_approved"
    leads_to = State.APPROVED
    batch: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class GrantPaid(Happening):
    kind = "grant_paid"
    leads_to = State.PAID
    amount: Decimal
    on: date


@dataclass(frozen=True, kw_only=True)
class PaymentFailed(Happening):
    kind = "payment_failed"
    leads_to = State.APPROVED
    reason: str


@dataclass(frozen=True, kw_only=True)
class AccountCorrected(Happening):
    kind = "account_corrected"


@dataclass(frozen=True, kw_only=True)
class ReceiptConfirmed(Happening):
    kind = "receipt_confirmed"
    on: date


@dataclass(frozen=True, kw_only=True)
class EvaluationRecorded(Happening):
    kind = "evaluation_recorded"
    seen_by = "office"
    effect: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RecoveryProposed(Happening):
    kind = "recovery_proposed"
    seen_by = "office"
    ground: str
    amount: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecoveryDecided(Happening):
    kind = "recovery_decided"
    ordered: bool
    amount: Decimal
    reason: str
    until: date | None


@dataclass(frozen=True, kw_only=True)
class RepaymentRecorded(Happening):
    kind = "repayment_recorded"
    amount: Decimal
    on: date
    left: Decimal
