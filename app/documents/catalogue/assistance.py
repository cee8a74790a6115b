"""Papers of a request for help: what the member hands in, and what comes with the answer. They are this product's own."""

from __future__ import annotations

from app.documents.catalogue.entries import attachment

ATTACHMENTS = (
    attachment("PY80", "assistance_material", "诉求材料", "Papers of a request for help"),
    attachment("PY81", "assistance_answer", "诉求答复材料", "Papers of an answer"),
)
