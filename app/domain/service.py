"""By which ways a kind of paper may be served (order 81, art. 10)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.mediation import ServiceMethod

# The one list of ways that are closed for a paper. The guide closes them for agreements (《专利侵权纠纷行政裁决办案指南》,
# 2019, ch. 1 s. 2(4)); order 81, art. 10, does not repeat it, so an office that reads it otherwise changes it here. A
# public notice is for those whom nobody can find; whoever came to terms was there.
CLOSED: Mapping[str, frozenset[ServiceMethod]] = MappingProxyType(
    {"mediation_agreement": frozenset(ServiceMethod) - {ServiceMethod.DIRECT, ServiceMethod.POST}}
)


def methods(paper: str) -> tuple[ServiceMethod, ...]:
    """Return the ways by which a kind of paper may be served."""
    return tuple(method for method in ServiceMethod if method not in CLOSED.get(paper, ()))
