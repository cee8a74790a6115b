"""Service guides (办事指南), by the process that a person may start from each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.web.guides.adjudication import ADJUDICATION
from app.web.guides.guide import Guide
from app.web.guides.mediation import MEDIATION

GUIDES: Mapping[str, Guide] = MappingProxyType({guide.key: guide for guide in (MEDIATION, ADJUDICATION)})
