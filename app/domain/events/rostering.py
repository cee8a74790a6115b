"""A nomination for the roster, and the yearly review of a member: what can happen in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class NominationFiled(Happening):
    kind = "nomination_filed"
    leads_to = State.REQUESTED
    batch: str
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class NominationAccepted(Happening):
    kind = "nomination_accepted"


@dataclass(frozen=True, kw_only=True)
class NominationRefused(Happening):
    kind = "nomination_refused"
    grounds: tuple[str, ...]
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class NominationCorrected(Happening):
    kind = "nomination_corrected"
    leads_to = State.REQUESTED
    explanation: str = ""
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class EvaluatorSteppedAside(Happening):
    kind = "evaluator_stepped_aside"
    seen_by = "office"
    name: str
    reason: str
    instead: str


@dataclass(frozen=True, kw_only=True)
class EvaluationSettled(Happening):
    """All evaluators have scored; the unit learns how it fared when the batch is announced."""

    kind = "evaluation_settled"
    seen_by = "office"
    leads_to = State.SCORED
    total: Decimal
    passed: bool


@dataclass(frozen=True, kw_only=True)
class NominationAnnounced(Happening):
    kind = "nomination_announced"
    leads_to = State.ANNOUNCED
    batch: str
    until: date


@dataclass(frozen=True, kw_only=True)
class NominationNotChosen(Happening):
    kind = "nomination_not_chosen"
    batch: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class NominationTakenOut(Happening):
    kind = "nomination_taken_out"
    batch: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class UnitAdmitted(Happening):
    kind = "unit_admitted"
    batch: str
    version: int


@dataclass(frozen=True, kw_only=True)
class NominationWithdrawn(Happening):
    kind = "nomination_withdrawn"
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class YearlyReviewOpened(Happening):
    kind = "yearly_review_opened"
    leads_to = State.SELF_REPORTING
    year: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SelfReported(Happening):
    kind = "self_reported"
    leads_to = State.CHECKING
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class SelfReportMissed(Happening):
    kind = "self_report_missed"
    leads_to = State.CHECKING


@dataclass(frozen=True, kw_only=True)
class FactsChecked(Happening):
    kind = "facts_checked"
    seen_by = "office"
    leads_to = State.ASSESSING
    found: str


@dataclass(frozen=True, kw_only=True)
class MemberAssessed(Happening):
    """What is proposed; the unit learns of it when it has been approved."""

    kind = "member_assessed"
    seen_by = "office"
    leads_to = State.APPROVING
    outcome: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AssessmentReturned(Happening):
    kind = "assessment_returned"
    seen_by = "office"
    leads_to = State.ASSESSING
    reason: str


@dataclass(frozen=True, kw_only=True)
class AssessmentApproved(Happening):
    kind = "assessment_approved"
    leads_to = State.RECOMMENDED
    outcome: str


@dataclass(frozen=True, kw_only=True)
class PuttingRightAsked(Happening):
    kind = "putting_right_asked"
    leads_to = State.PUTTING_RIGHT
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PutRightReported(Happening):
    kind = "put_right_reported"
    leads_to = State.INSPECTING
    explanation: str
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class PuttingRightMissed(Happening):
    kind = "putting_right_missed"
    leads_to = State.INSPECTING


@dataclass(frozen=True, kw_only=True)
class PuttingRightExamined(Happening):
    kind = "putting_right_examined"
    leads_to = State.RECOMMENDED
    done: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReviewAnnounced(Happening):
    kind = "review_announced"
    leads_to = State.ANNOUNCED
    batch: str
    until: date


@dataclass(frozen=True, kw_only=True)
class ReviewTakenOut(Happening):
    kind = "review_taken_out"
    leads_to = State.ASSESSING
    batch: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MembershipDecided(Happening):
    kind = "membership_decided"
    outcome: str
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class LiaisonChanged(Happening):
    kind = "liaison_changed"
    was: str
    now: str
