from __future__ import annotations

import json

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app.models import db
from tests.migrations.conftest import begun_at
from tests.migrations.test_find_tasks_by_any_party import BEFORE

SUCCEEDED = """
INSERT INTO event (case_id, seq, at, kind, data, previous, hash)
    VALUES (7, 1, '2026-03-05T02:00:00.000000+00:00', 'party_succeeded', :data, '', 'h')
"""


def test_who_stood_in_a_case_before_a_successor_is_written_down(empty_app: Flask) -> None:
    with empty_app.app_context():
        folder = begun_at("0004", BEFORE)
        upgrade(folder, revision="0026")
        told = json.dumps({"was": "甲厂", "party": "乙公司", "reason": "吸收合并"})
        with db.engine.begin() as connection:
            connection.execute(text(SUCCEEDED), {"data": told})
        upgrade(folder, revision="0027")
        with db.engine.connect() as connection:
            kept = dict(connection.execute(text("SELECT id, formerly FROM party")).all())
        assert (kept[1], kept[3]) == ("[]", "[]")
        [former] = json.loads(kept[2])
        assert former["name"] == "甲厂" and former["until"].startswith("2026-03-05T")
        downgrade(folder, revision="0026")
        db.engine.dispose()
