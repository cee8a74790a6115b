"""Draws by lot of those who review or evaluate, written down so that each can be repeated and checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.types import JsonText, UtcDateTime


class Draw(Base):
    """People drawn by lot for a case: from whom, by which seed, who came out. ``round`` counts reviews of the case."""

    __tablename__ = "draw"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    round: Mapped[int]
    role: Mapped[str] = mapped_column(String(32))
    seed: Mapped[str] = mapped_column(String(64))
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    drawn: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
