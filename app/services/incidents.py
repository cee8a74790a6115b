"""An act or a job that broke, as it is kept for an administrator."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from app import clock
from app.models import Incident


def said(error: Exception | str) -> str:
    """Return what an incident keeps of an error."""
    text = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return text[:2000]


def incident(what: str, args: Sequence[Any], error: Exception | str, **more: Any) -> Incident:
    """Return an incident with a reference of its own, not yet written: ``what`` was tried with ``args`` and broke."""
    return Incident(
        reference=f"I{clock.today():%y%m%d}-{secrets.token_hex(3).upper()}",
        at=clock.now(),
        what=what,
        attempt={"args": list(args)},
        error=said(error),
        **more,
    )
