"""adjudication

The tables of an adjudication; several officials may hold a role in a case (a panel), one of whom presides, and each may
be asked to step aside; a step may be asked of every one of them; papers that only the panel reads; the paper by which a
pause was decided.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OFFICE = "party_id IS NULL"
SEAT = "seat_id IS NOT NULL"
SEEN_BY = "seen_by IN ('all','office','panel','party')"
SEEN_BY_BEFORE = "seen_by IN ('all','office','party')"


def upgrade() -> None:
    """Make room."""
    _tables()
    for name in ("presides", "resting"):
        op.add_column("case_staff", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE case_staff SET resting = true WHERE role = 'mediator' AND until IS NULL"
        ' AND case_id IN (SELECT id FROM "case" WHERE recusal_pending)'
    )
    op.add_column("deadline", sa.Column("variant", sa.String(24), nullable=True))
    op.add_column("clock_extension", sa.Column("length", sa.Integer(), nullable=True))
    with op.batch_alter_table("clock_pause") as table:
        table.add_column(sa.Column("document_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_clock_pause_document_id"), "document", ["document_id"], ["id"])
    _see(SEEN_BY)
    with op.batch_alter_table("task") as table:
        table.add_column(sa.Column("seat_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_task_seat_id"), "case_staff", ["seat_id"], ["id"])
    _one_of_the_office(f"{OFFICE} AND seat_id IS NULL")
    op.create_index(
        "uq_task_of_a_seat",
        "task",
        ["case_id", "engine_id", "seat_id"],
        unique=True,
        postgresql_where=sa.text(SEAT),
        sqlite_where=sa.text(SEAT),
    )


def downgrade() -> None:
    """Take the room away; what only a panel read, the office reads."""
    op.drop_index("uq_task_of_a_seat", table_name="task")
    op.execute("DELETE FROM task WHERE seat_id IS NOT NULL")
    _one_of_the_office(OFFICE)
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("fk_task_seat_id"), type_="foreignkey")
        table.drop_column("seat_id")
    op.execute("UPDATE document SET seen_by = 'office' WHERE seen_by = 'panel'")
    _see(SEEN_BY_BEFORE)
    with op.batch_alter_table("clock_pause") as table:
        table.drop_constraint(op.f("fk_clock_pause_document_id"), type_="foreignkey")
        table.drop_column("document_id")
    for name, column in (("clock_extension", "length"), ("deadline", "variant")):
        with op.batch_alter_table(name) as table:
            table.drop_column(column)
    with op.batch_alter_table("case_staff") as table:
        for name in ("presides", "resting"):
            table.drop_column(name)
    op.drop_table("publication")
    op.drop_table("evidence_measure")
    op.drop_table("decision")
    op.drop_table("suit")
    op.drop_table("proposal")
    op.drop_table("evidence")
    op.drop_table("suspension")
    op.drop_table("opinion")
    op.drop_table("hearing")
    op.drop_table("deliberation")
    op.drop_table("adjudication")


def _see(who: str) -> None:
    with op.batch_alter_table("document") as table:
        table.drop_constraint(op.f("ck_document_seen_by_known"), type_="check")
        table.create_check_constraint(op.f("ck_document_seen_by_known"), who)


def _one_of_the_office(where: str) -> None:
    op.drop_index("uq_task_of_the_office", table_name="task")
    op.create_index(
        "uq_task_of_the_office",
        "task",
        ["case_id", "engine_id"],
        unique=True,
        postgresql_where=sa.text(where),
        sqlite_where=sa.text(where),
    )


def _tables() -> None:
    op.create_table(
        "adjudication",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.Column("split_off", types.JsonText(), nullable=False),
        sa.Column("abroad", sa.Boolean(), nullable=False),
        sa.Column("report_asked", sa.Boolean(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.Column("trial", sa.String(length=12), nullable=True),
        sa.Column("finding", sa.String(length=16), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("unpublished_on", sa.Date(), nullable=True),
        sa.Column("right_type", sa.String(length=32), nullable=False),
        sa.Column("right_number", sa.String(length=60), nullable=False),
        sa.Column("right_name", sa.String(length=200), nullable=False),
        sa.Column("right_holder", sa.String(length=200), nullable=False),
        sa.Column("requester_standing", sa.String(length=24), nullable=False),
        sa.Column("major", sa.Boolean(), nullable=False),
        sa.Column("requests", types.JsonText(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("no_suit_declared", sa.Boolean(), nullable=False),
        sa.Column("competence", sa.String(length=16), nullable=True),
        sa.Column("authority", sa.String(length=120), nullable=True),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("docketed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "competence IN ('ours','transfer','not_mediable')", name=op.f("ck_adjudication_competence_known")
        ),
        sa.CheckConstraint(
            "finding IN ('infringed','partly','not_infringed')", name=op.f("ck_adjudication_finding_known")
        ),
        sa.CheckConstraint("trial IN ('hearing','written')", name=op.f("ck_adjudication_trial_known")),
        sa.CheckConstraint("(finding IS NULL) = (decided_on IS NULL)", name=op.f("ck_adjudication_decided_has_a_day")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_adjudication_case_id")),
        sa.ForeignKeyConstraint(["recorder_id"], ["user.id"], name=op.f("fk_adjudication_recorder_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_adjudication")),
    )
    op.create_table(
        "deliberation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=16), nullable=True),
        sa.Column("concluded_at", types.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "finding IN ('infringed','partly','not_infringed')", name=op.f("ck_deliberation_finding_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_deliberation_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberation")),
        sa.UniqueConstraint("case_id", "round", name="uq_deliberation_round"),
    )
    op.create_table(
        "hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("closed_because", sa.Text(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("replies", types.EncryptedJson(), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=True),
        sa.Column("attended", types.JsonText(), nullable=False),
        sa.Column("ended", types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("script", types.JsonText(), nullable=False),
        sa.Column("signed", types.JsonText(), nullable=False),
        sa.Column("reschedules", types.JsonText(), nullable=False),
        sa.CheckConstraint(
            "result IN ('heard','heard_by_default','again','put_off','requester_absent')",
            name=op.f("ck_hearing_result_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_hearing_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("case_id", "place", name="uq_hearing_place"),
    )
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("vote", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", types.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("vote IN ('infringed','partly','not_infringed')", name=op.f("ck_opinion_vote_known")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_opinion_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_opinion_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("case_id", "round", "user_id", name="uq_opinion_once"),
    )
    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("resumed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ground IN ('invalidation','death','incapacity','ended','force_majeure','other_case','referred','other')",
            name=op.f("ck_suspension_ground_known"),
        ),
        sa.CheckConstraint("(granted IS NULL) = (decided_on IS NULL)", name=op.f("ck_suspension_decided_has_a_day")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_suspension_case_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_suspension_decided_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_suspension_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index(op.f("ix_suspension_case_id"), "suspension", ["case_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("proves", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("opinions", types.JsonText(), nullable=False),
        sa.Column("admitted", sa.Boolean(), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_evidence_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_evidence_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("case_id", "place", name="uq_evidence_place"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ground", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('cancellation','withdrawal','settlement','jurisdiction','absence')",
            name=op.f("ck_proposal_kind_known"),
        ),
        sa.CheckConstraint("(granted IS NULL) = (decided_on IS NULL)", name=op.f("ck_proposal_decided_has_a_day")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_proposal_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_proposal_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_proposal_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_case_id"), "proposal", ["case_id"], unique=False)
    op.create_table(
        "suit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "result IN ('filed','stayed','upheld','revoked','redo','withdrawn')", name=op.f("ck_suit_result_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_suit_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_suit_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suit")),
    )
    op.create_index(op.f("ix_suit_case_id"), "suit", ["case_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=16), nullable=False),
        sa.Column("orders", types.JsonText(), nullable=False),
        sa.Column("rejected", types.JsonText(), nullable=False),
        sa.Column("text", types.JsonText(), nullable=False),
        sa.Column("perform_days", sa.Integer(), nullable=True),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("finding IN ('infringed','partly','not_infringed')", name=op.f("ck_decision_finding_known")),
        sa.CheckConstraint("(issued_on IS NULL) = (document_id IS NULL)", name=op.f("ck_decision_issued_has_a_paper")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_decision_case_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_decision_document_id")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["user.id"], name=op.f("fk_decision_drafted_by_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["user.id"], name=op.f("fk_decision_issued_by_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["user.id"], name=op.f("fk_decision_reviewed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("case_id", "place", name="uq_decision_place"),
    )
    op.create_table(
        "evidence_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("of", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("facts", types.EncryptedJson(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("carried_out_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('investigation','inspection','sampling','registration','appraisal')",
            name=op.f("ck_evidence_measure_kind_known"),
        ),
        sa.CheckConstraint(
            "(granted IS NULL) = (decided_on IS NULL)", name=op.f("ck_evidence_measure_decided_has_a_day")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= carried_out_on", name=op.f("ck_evidence_measure_ends_after_it_began")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_evidence_measure_case_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_evidence_measure_decided_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_evidence_measure_document_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_evidence_measure_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_measure")),
    )
    op.create_index(op.f("ix_evidence_measure_case_id"), "evidence_measure", ["case_id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sheet", types.JsonText(), nullable=False),
        sa.Column("masked", types.JsonText(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_publication_approved_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_publication_case_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_publication_document_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["user.id"], name=op.f("fk_publication_prepared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index(op.f("ix_publication_case_id"), "publication", ["case_id"], unique=False)
