"""By which ways a kind of paper may be served, and what goes with it (order 81, arts. 10 and 65)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.disputes import ServiceMethod
from app.domain.states import State

# The one list of ways that are closed for a paper. The guide sends neither agreements nor decisions electronically, and
# leaves no agreement at the door (《专利侵权纠纷行政裁决办案指南》, 2019, ch. 1 s. 2(4)); order 81, art. 10, does not repeat
# it, so an office that reads it otherwise changes it here. A public notice is for those whom nobody can find; whoever
# came to terms was there.
CLOSED: Mapping[str, frozenset[ServiceMethod]] = MappingProxyType(
    {
        "mediation_agreement": frozenset(ServiceMethod) - {ServiceMethod.DIRECT, ServiceMethod.POST},
        "adjudication_decision": frozenset({ServiceMethod.ELECTRONIC}),
    }
)

# A step of the process waits for the service of these and is answered by whoever sees to it: what follows (a statement
# is asked, an agreement takes effect) follows from that answer. The system serves none of them by itself.
SERVED_IN_A_STEP = frozenset(
    {"statement_notice", "mediation_agreement", "answer_notice", "adjudication_decision", "exhortation_letter"}
)

# What was handed over or left is proven by nothing but its receipt (D37), signed or with what happened written on it;
# the post and the system keep a proof of their own.
PROVEN_BY_RECEIPT = frozenset({ServiceMethod.DIRECT, ServiceMethod.LEFT})

# Of which papers a copy goes with a paper, and so onto its receipt: a statement is due 15 days from the receipt of the
# copy of the request, not of the notice (order 81, art. 65).
COPIES_WITH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"statement_notice": ("mediation_request",), "answer_notice": ("infringement_request",)}
)


def a_step_waits(paper: str, state: str) -> bool:
    """Say whether a case in ``state`` goes on only when the step that serves this kind of paper is answered."""
    return paper == "statement_notice" and state == State.SERVING.value


def methods(paper: str) -> tuple[ServiceMethod, ...]:
    """Return the ways by which a kind of paper may be served."""
    return tuple(method for method in ServiceMethod if method not in CLOSED.get(paper, ()))


def may_be_electronic(paper: str) -> bool:
    """Say whether a kind of paper may be served electronically on those who agreed to that."""
    return ServiceMethod.ELECTRONIC in methods(paper)


def goes_by_itself(paper: str) -> bool:
    """Say whether a kind of paper is served by arriving in the system, on those who agreed to electronic service."""
    return may_be_electronic(paper) and paper not in SERVED_IN_A_STEP
