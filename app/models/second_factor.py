"""What somebody has beside a password: a secret that their phone knows too, and codes for the day it is lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.types import EncryptedText, UtcDateTime


class SecondFactor(Base):
    """The secret behind somebody's six digits. Until they have shown that their phone knows it, ``since`` is empty.

    ``last_step`` is the half minute of the digits that were used last: none of them opens the door twice.
    """

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(EncryptedText)
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """A code in the place of six digits, kept as a digest; it is taken away when it is used."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
