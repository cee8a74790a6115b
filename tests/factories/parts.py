"""A case that stands in a part of its process, whatever forms and services there are for it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from app import clock, engine
from app.models import Case, ProcessVersion
from tests.engine.drawn import Walk, nothing
from tests.flows.office import Office

ADJUDICATION = Path(__file__).parents[2] / "workflows" / "adjudication"


def in_a_part(office: Office, session: Session) -> int:
    """Return the id of a case of adjudication whose request is being served."""
    files = engine.read_folder(ADJUDICATION)
    digest = engine.digest(files)
    compiled = engine.version(digest, lambda: files)
    walk = Walk(compiled, nothing, right_type="design", major=False, docketed=False)
    walk.does("examine_request", examined="submit").does("review_docketing", docketing_review="agree")
    walk.does("decide_docketing", docketing="docket", docketed=True)
    if session.get(ProcessVersion, digest) is None:
        texts = {name: data.decode() for name, data in files.items()}
        named = {"key": compiled.key, "name": compiled.name, "name_en": compiled.name_en}
        session.add(ProcessVersion(digest=digest, **named, files=texts, published_at=clock.now()))
        session.flush()
    case = session.get_one(Case, office.files().id)
    case.process_digest, case.position = digest, walk.position.saved
    session.commit()
    return case.id
