"""What a party finds under its matters where it has very many."""

from __future__ import annotations

import pytest

from app.models import User, db
from app.queries import matters
from tests.flows.office import Office
from tests.web.browser import Browser


def test_what_waits_for_a_party_is_shown_however_many_newer_cases_there_are(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = office.served()
    office.accepted()
    monkeypatch.setattr(matters, "MOST", 1)
    found = matters.matters(db.session(), db.session.get_one(User, office.respondent.id))
    assert [(m.case.id, m.mine is not None) for m in found] == [(waits.id, True)]
    browser = Browser(office.app)
    browser.logs_in("respondent")
    assert 'href="/cases">全部案件' in browser.gets("/matters").text
