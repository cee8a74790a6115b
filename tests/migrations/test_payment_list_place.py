from __future__ import annotations

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app.models import db
from tests.migrations.conftest import begun_at

BEFORE = """
INSERT INTO "user" (id, username, name, password_hash, email, language, channels, specialities, employer, capacity,
    active, session_epoch, password_changed_at, created_at)
    VALUES (1, 'zhou', '周永康', '', '', 'zh_CN', '[]', '[]', '', 10, true, 0, '2026-03-02', '2026-03-02');
INSERT INTO award_call (id, title, mode, awards, opens_on, closes_on, budget, experts, members_only, audience, notes,
    state, made_by_id, made_at)
    VALUES (1, '', 'application', '["AW02"]', '2026-03-02', '2026-06-30', 1, false, false, '', '', 'draft', 1,
    '2026-03-02');
INSERT INTO payment_list (id, number, call_id, total, lines, checksum, made_by_id, made_at)
    VALUES (1, 'BF20260001', 1, 1, 1, '', 1, '2026-03-02'), (2, 'BF20270002', 1, 1, 1, '', 1, '2027-03-02'),
    (3, 'BF202712345', 1, 1, 1, '', 1, '2027-04-02')
"""


def test_lists_of_before_keep_their_number_and_say_year_and_place(empty_app: Flask) -> None:
    with empty_app.app_context():
        folder = begun_at("0036", BEFORE)
        upgrade(folder, revision="0043")
        with db.engine.connect() as connection:
            rows = connection.execute(text("SELECT number, year, place FROM payment_list ORDER BY id")).all()
        assert [tuple(row) for row in rows] == [
            ("BF20260001", 2026, 1),
            ("BF20270002", 2027, 2),
            ("BF202712345", 2027, 12345),
        ]
        downgrade(folder, revision="0036")
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM payment_list")).scalar() == 3
        db.engine.dispose()
