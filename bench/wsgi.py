"""The product as it is served, with the bench's processes and forms, each answer timed."""

from __future__ import annotations

from app import create_app
from app.edge import timing
from bench import forms, steps
from config import from_environment

__all__ = ["app", "forms", "steps"]

app = create_app(from_environment())
timing.install(app)
