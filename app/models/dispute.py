"""What every dispute is about: the right, who asks on what ground, what is asked and why."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.types import JsonText


class Dispute:
    """The part of a request that is the same whether it is mediated or decided (order 81, arts. 12 and 64)."""

    right_type: Mapped[str] = mapped_column(String(32))
    right_number: Mapped[str] = mapped_column(String(60))
    right_name: Mapped[str] = mapped_column(String(200))
    right_holder: Mapped[str] = mapped_column(String(200))
    requester_standing: Mapped[str] = mapped_column(String(24))
    major: Mapped[bool] = mapped_column(default=False)
    requests: Mapped[list[str]] = mapped_column(JsonText)
    facts: Mapped[str] = mapped_column(Text)
    no_suit_declared: Mapped[bool]
    competence: Mapped[str | None] = mapped_column(String(16))
    authority: Mapped[str | None] = mapped_column(String(120))
    corrected: Mapped[bool] = mapped_column(default=False)
    docketed_on: Mapped[date | None]
