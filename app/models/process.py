"""Process versions: the files of a diagram folder, stored once under the hash of their content."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.types import JsonText, UtcDateTime


class ProcessVersion(Base):
    """One version of a process; at most one version of a process is offered for new cases."""

    __tablename__ = "process_version"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120))
    files: Mapped[dict[str, Any]] = mapped_column(JsonText, deferred=True)
    current: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("key <> ''", name="has_a_key"),
        Index(
            "uq_process_version_current",
            "key",
            unique=True,
            postgresql_where=text("current"),
            sqlite_where=text("current"),
        ),
    )


class JobRun(Base):
    """When a kind of job last finished and how it went: what readiness and the administrator look at."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)
    detail: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
