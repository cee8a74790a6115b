"""A unit that nominates itself for the roster: what it says of itself, and why it is not accepted (measure M02)."""

from __future__ import annotations

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.organizations import OrgKind

PROCESS = "roster_intake"

# Enterprises and research institutions (programme, part 1); agencies serve them and are enterprises too.
ELIGIBLE = frozenset({OrgKind.ENTERPRISE, OrgKind.INSTITUTION, OrgKind.AGENCY})


class RefusalGround(Labelled):
    """Why a nomination is not accepted."""

    NOT_ELIGIBLE = "not_eligible", "不属于企业或者科研机构"
    NOT_LOCAL = "not_local", "不在佛山市登记注册"
    BARRED = "barred", "在停止申报的期间"
    UNTRUE = "untrue", "填报的内容与材料不符"
    UNCORRECTED = "uncorrected", "逾期未补正"
    OTHER = "other", "其他"


def refuse_ineligible(kind: OrgKind, name: str) -> None:
    """Raise ``RuleBroken`` for a unit that is neither an enterprise nor a research institution."""
    if kind not in ELIGIBLE:
        raise RuleBroken("%(name)s不是企业或者科研机构，不能自荐", field="organization", name=name)
