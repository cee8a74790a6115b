from __future__ import annotations

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app.models import db
from tests.migrations.conftest import begun_at

BEFORE = """
INSERT INTO org_unit (id, code, name, name_en, kind, region, address, phone, active)
    VALUES (1, 'u', '市局', 'Bureau', 'city_bureau', '440600', '', '', true);
INSERT INTO process_version (digest, key, name, name_en, files, published_at, current)
    VALUES ('d', 'mediation', '', '', '{}', '2026-03-02', true);
INSERT INTO "case" (id, number, receipt_number, kind, state, title, subject, unit_id, received_on, opened_at,
    first_filed_on, regime, process_digest, position, version, recusal_pending, event_count, event_head, event_seal)
    VALUES (7, '佛知快调〔2026〕1号', 'R1', 'mediation', 'requested', '甲公司 与 乙公司 等 2 人', '', 1, '2026-03-02',
    '2026-03-02', '2026-03-02', 'order81', 'd', '', 1, false, 0, '', '');
INSERT INTO organization (id, kind, name, legal_representative, address, region, postcode, email, verified, created_at)
    VALUES (1, 'enterprise', '甲公司', '', '', '', '', '', false, '2026-03-02'),
    (2, 'enterprise', '乙公司', '', '', '', '', '', false, '2026-03-02'),
    (3, 'enterprise', '丙（中国）公司', '', '', '', '', '', false, '2026-03-02');
INSERT INTO party (id, case_id, organization_id, role, place, e_service_consent, sees)
    VALUES (1, 7, 1, 'requester', 1, false, true), (2, 7, 2, 'respondent', 2, false, true),
    (3, 7, 3, 'respondent', 3, false, true);
INSERT INTO task (id, case_id, engine_id, key, form, title, title_en, process, case_number, case_title, role, unit_id,
    opened_at, due_sort, provisional, paused, state, version)
    VALUES (9, 7, 'e', 'k', 'f', '形式审查', 'Formality check', 'mediation', '佛知快调〔2026〕1号', '', 'intake_clerk', 1,
    '2026-03-02', '9999-12-31', false, false, 'open', 1)
"""


def test_tasks_that_were_there_before_are_found_by_every_party(empty_app: Flask) -> None:
    with empty_app.app_context():
        folder = begun_at("0004", BEFORE)
        upgrade(folder, revision="0005")
        with db.engine.begin() as connection:
            task = connection.execute(text("SELECT case_title_en, search_text FROM task")).one()
            case = connection.execute(text('SELECT title_en, party_names FROM "case"')).one()
        assert tuple(task) == (
            "甲公司 v. 乙公司 and 1 other",
            "佛知快调〔2026〕1号 形式审查 formality check 甲公司 乙公司 丙(中国)公司",
        )
        assert tuple(case) == ("甲公司 v. 乙公司 and 1 other", "甲公司 乙公司 丙（中国）公司")
        downgrade(folder, revision="0004")
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM task")).scalar() == 1
        db.engine.dispose()
