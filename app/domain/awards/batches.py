"""A batch of grants: where it stands, where each line of it stands, and how a budget is shared."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from app.domain.labelled import Labelled

PRECISION = Decimal("0.00000001")


class BatchState(Labelled):
    """Where a batch stands."""

    DRAFT = "draft", "起草中"
    ANNOUNCED = "announced", "公示中"
    NOTICED = "noticed", "公示期满"
    APPROVED = "approved", "已批准"
    DISCARDED = "discarded", "已撤销"


class GrantState(Labelled):
    """Where one line of a batch stands."""

    DRAFT = "draft", "待决定"
    ANNOUNCED = "announced", "公示中"
    APPROVED = "approved", "待拨付"
    LISTED = "listed", "已报银行"
    PAID = "paid", "已拨付"
    FAILED = "failed", "退票"
    TAKEN_OUT = "taken_out", "已移出"


def ratio(amounts: Sequence[Decimal], left: Decimal) -> Decimal:
    """Return by which part all ``amounts`` are paid so that they stay within ``left``: 1, or less, rounded down.

    0 where nothing is left.
    """
    total = sum(amounts, Decimal(0))
    if total <= left:
        return Decimal(1)
    return (left / total).quantize(PRECISION, ROUND_DOWN)
