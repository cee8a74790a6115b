"""The adjudication from the request to the decision: docketed, answered, suspended, deliberated, decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class RequestsSplitOff(Happening):
    kind = "requests_split_off"
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DocketingProposed(Happening):
    kind = "docketing_proposed"
    leads_to = State.DOCKETING
    seen_by = "office"
    outcome: str
    opinion: str


@dataclass(frozen=True, kw_only=True)
class DocketingReviewed(Happening):
    kind = "docketing_reviewed"
    seen_by = "office"
    opinion: str


@dataclass(frozen=True, kw_only=True)
class DocketingReturned(Happening):
    kind = "docketing_returned"
    leads_to = State.REQUESTED
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class AdjudicationDocketed(Happening):
    kind = "adjudication_docketed"
    leads_to = State.SERVING
    on: date


@dataclass(frozen=True, kw_only=True)
class PanelAppointed(Happening):
    kind = "panel_appointed"
    presiding: str
    members: tuple[str, ...]
    recorder: str


@dataclass(frozen=True, kw_only=True)
class PanelChanged(Happening):
    kind = "panel_changed"
    out: str
    into: str
    reason: str = ""
    recorder: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseServed(Happening):
    kind = "case_served"
    leads_to = State.ANSWERING


@dataclass(frozen=True, kw_only=True)
class AnswerGiven(Happening):
    kind = "answer_given"
    party: str
    grounds: tuple[str, ...]
    on: date


@dataclass(frozen=True, kw_only=True)
class AnswerToBeSigned(Happening):
    kind = "answer_to_be_signed"
    party: str
    days: int


@dataclass(frozen=True, kw_only=True)
class AnswersClosed(Happening):
    kind = "answers_closed"
    leads_to = State.GATHERING
    answered: bool


@dataclass(frozen=True, kw_only=True)
class PartyJoined(Happening):
    kind = "party_joined"
    party: str
    role: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PartySucceeded(Happening):
    kind = "party_succeeded"
    was: str
    party: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class JurisdictionObjected(Happening):
    kind = "jurisdiction_objected"
    party: str
    authority: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class JurisdictionDecided(Happening):
    kind = "jurisdiction_decided"
    upheld: bool
    authority: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SuspensionAsked(Happening):
    kind = "suspension_asked"
    party: str
    ground: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SuspensionProposed(Happening):
    kind = "suspension_proposed"
    seen_by = "office"
    ground: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseSuspended(Happening):
    kind = "case_suspended"
    leads_to = State.SUSPENDED
    ground: str
    first: date


@dataclass(frozen=True, kw_only=True)
class SuspensionRefused(Happening):
    kind = "suspension_refused"
    ground: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CancellationProposed(Happening):
    kind = "cancellation_proposed"
    seen_by = "office"
    ground: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CancellationDecided(Happening):
    kind = "cancellation_decided"
    granted: bool
    ground: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(Happening):
    kind = "opinion_given"
    seen_by = "panel"
    member: str
    round: int


@dataclass(frozen=True, kw_only=True)
class DeliberationConcluded(Happening):
    kind = "deliberation_concluded"
    seen_by = "panel"
    round: int
    finding: str | None


@dataclass(frozen=True, kw_only=True)
class DecisionDrafted(Happening):
    kind = "decision_drafted"
    leads_to = State.DECIDING
    seen_by = "office"
    place: int


@dataclass(frozen=True, kw_only=True)
class DecisionReviewed(Happening):
    kind = "decision_reviewed"
    seen_by = "office"
    agreed: bool
    opinion: str


@dataclass(frozen=True, kw_only=True)
class DecisionReturned(Happening):
    kind = "decision_returned"
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeliberationReopened(Happening):
    kind = "deliberation_reopened"
    leads_to = State.DELIBERATING
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class DecisionIssued(Happening):
    kind = "decision_issued"
    leads_to = State.DECIDED
    number: str
    finding: str


@dataclass(frozen=True, kw_only=True)
class DecisionCorrected(Happening):
    kind = "decision_corrected"
    reason: str


@dataclass(frozen=True, kw_only=True)
class TalksOpened(Happening):
    kind = "talks_opened"


@dataclass(frozen=True, kw_only=True)
class TalksEnded(Happening):
    kind = "talks_ended"
    agreed: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class TermsDrafted(Happening):
    kind = "terms_drafted"
    place: int


@dataclass(frozen=True, kw_only=True)
class TermsReturned(Happening):
    kind = "terms_returned"
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class TermsSealed(Happening):
    kind = "terms_sealed"
    number: str


@dataclass(frozen=True, kw_only=True)
class TermsEffective(Happening):
    kind = "terms_effective"
    on: date
