"""notice

Public notices and the objections to them. A file may be brought, and a message sent, without an account: by the mark of a
browser, and by e-mail to an address.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
STANDING = sa.text("state <> 'not_accepted'")


def upgrade() -> None:
    """Make room."""
    _make_notices()
    _make_objections()
    with op.batch_alter_table("message_outbox") as table:
        table.add_column(sa.Column("stranger", types.EncryptedJson(), nullable=True))
        table.alter_column("user_id", existing_type=sa.Integer(), nullable=True)
        table.create_check_constraint(
            op.f("ck_message_outbox_user_or_stranger"), "(user_id IS NULL) = (stranger IS NOT NULL)"
        )
        table.create_check_constraint(
            op.f("ck_message_outbox_stranger_by_email"), "stranger IS NULL OR channel = 'email'"
        )
    with op.batch_alter_table("stored_file") as table:
        table.add_column(sa.Column("brought_by", sa.String(length=32), nullable=True))
    op.create_index("ix_stored_file_brought_by", "stored_file", ["brought_by"])


def _make_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("columns", types.JsonText(), nullable=False),
        sa.Column("rows", types.JsonText(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("closes_at", types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("put_up_by_id", sa.Integer(), nullable=False),
        sa.Column("put_up_at", types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_for", sa.Text(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f("ck_notice_closed_at_an_instant")),
        sa.CheckConstraint("(state = 'open') = (closes_at IS NOT NULL)", name=op.f("ck_notice_open_until_an_instant")),
        sa.CheckConstraint("state IN ('open','closed','withdrawn')", name=op.f("ck_notice_state_known")),
        sa.CheckConstraint("subject IN ('award_batch','roster_batch')", name=op.f("ck_notice_subject_known")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_notice_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["put_up_by_id"], ["user.id"], name=op.f("fk_notice_put_up_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_notice_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("number", name=op.f("uq_notice_number")),
        sa.UniqueConstraint("year", "place", name="uq_notice_place"),
    )
    op.create_index("ix_notice_closes_at", "notice", ["closes_at"])
    op.create_index("ix_notice_last_day", "notice", ["last_day"])
    op.create_index(
        "uq_notice_open", "notice", ["subject", "subject_id"], unique=True, postgresql_where=OPEN, sqlite_where=OPEN
    )


def _make_objections() -> None:
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt_number", sa.String(length=20), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("row_key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("contact", sa.String(length=80), nullable=False),
        sa.Column("resident_id", types.EncryptedText(), nullable=True),
        sa.Column("phone", types.EncryptedText(), nullable=False),
        sa.Column("email", types.EncryptedText(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("reasons", types.EncryptedText(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("received_at", types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ground", sa.String(length=16), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("handled_at", types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'not_accepted') = (ground IS NOT NULL)", name=op.f("ck_objection_not_accepted_has_a_ground")
        ),
        sa.CheckConstraint("(state = 'received') = (handled_at IS NULL)", name=op.f("ck_objection_handled_at_a_time")),
        sa.CheckConstraint(
            "(state IN ('upheld','dismissed')) = (decided_at IS NOT NULL)", name=op.f("ck_objection_decided_at_a_time")
        ),
        sa.CheckConstraint("decided_at IS NULL OR answer <> ''", name=op.f("ck_objection_decided_with_an_answer")),
        sa.CheckConstraint(
            "ground IS NULL OR ground IN ('unsigned','no_identity','no_proof','unreachable','not_theirs','unrelated')",
            name=op.f("ck_objection_ground_known"),
        ),
        sa.CheckConstraint(
            "kind <> 'individual' OR resident_id IS NOT NULL", name=op.f("ck_objection_individual_has_a_number")
        ),
        sa.CheckConstraint("kind <> 'unit' OR uscc IS NOT NULL", name=op.f("ck_objection_unit_has_a_code")),
        sa.CheckConstraint("kind IN ('unit','individual')", name=op.f("ck_objection_kind_known")),
        sa.CheckConstraint(
            "state IN ('received','not_accepted','accepted','upheld','dismissed')",
            name=op.f("ck_objection_state_known"),
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_objection_decided_by_id")),
        sa.ForeignKeyConstraint(["handled_by_id"], ["user.id"], name=op.f("fk_objection_handled_by_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_objection_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("receipt_number", name=op.f("uq_objection_receipt_number")),
    )
    op.create_index("ix_objection_notice_id", "objection", ["notice_id"])
    op.create_index("ix_objection_state", "objection", ["state", "received_at"])
    op.create_index(
        "uq_objection_content",
        "objection",
        ["notice_id", "content"],
        unique=True,
        postgresql_where=STANDING,
        sqlite_where=STANDING,
    )
    op.create_table(
        "objection_paper",
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.CheckConstraint("kind IN ('application','identity','proof')", name=op.f("ck_objection_paper_kind_known")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_objection_paper_file_id")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_objection_paper_objection_id")),
        sa.PrimaryKeyConstraint("objection_id", "file_id", name=op.f("pk_objection_paper")),
    )
    op.create_index("ix_objection_paper_file_id", "objection_paper", ["file_id"])


def downgrade() -> None:
    """Take it away: notices, objections, and the messages and files of people without an account."""
    op.execute("DELETE FROM message_outbox WHERE user_id IS NULL")
    op.drop_table("objection_paper")
    op.drop_table("objection")
    op.drop_table("notice")
    op.drop_index("ix_stored_file_brought_by", table_name="stored_file")
    with op.batch_alter_table("stored_file") as table:
        table.drop_column("brought_by")
    with op.batch_alter_table("message_outbox") as table:
        table.drop_constraint(op.f("ck_message_outbox_stranger_by_email"), type_="check")
        table.drop_constraint(op.f("ck_message_outbox_user_or_stranger"), type_="check")
        table.alter_column("user_id", existing_type=sa.Integer(), nullable=False)
        table.drop_column("stranger")
