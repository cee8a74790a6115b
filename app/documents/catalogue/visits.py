"""Papers of a yearly visit. The programme names none of them: they are this product's own."""

from __future__ import annotations

from app.documents.catalogue.entries import attachment
from app.documents.kinds import Issuer

ATTACHMENTS = (
    attachment("PY91", "visit_answers", "回访问卷（签章件）", "Questionnaire of a visit (signed)"),
    attachment("PY92", "visit_minutes", "回访记录", "Record of a visit", Issuer.INTERNAL),
)
