"""liaison work

What is done for members of the roster: requests for help, contacts, and the services that were agreed with each.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

CONTACTS = "'visit','forum','briefing','phone','online','caller'"
SERVICES = "'policy','project','training','navigation','rights','alert','pledge','insurance','protection','standard','commissioner','brand','other'"
NEEDS = "'policy','funding','rights','talent','financing','examination','other'"


def upgrade() -> None:
    """Make room."""
    op.create_table(
        "assistance",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=16), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("referral", sa.String(length=16), nullable=True),
        sa.Column("referred_to", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"need IN ({NEEDS})", name=op.f("ck_assistance_need_known")),
        sa.CheckConstraint(
            "referral IS NULL OR referral IN ('district','conference')", name=op.f("ck_assistance_referral_known")
        ),
        sa.CheckConstraint("(referral IS NULL) = (referred_to = '')", name=op.f("ck_assistance_referred_to_somebody")),
        sa.CheckConstraint("assignee_id IS NULL OR referral IS NULL", name=op.f("ck_assistance_with_one_alone")),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_assistance_rating_within_bounds")),
        sa.CheckConstraint("(rating IS NULL) = (solved IS NULL)", name=op.f("ck_assistance_rated_in_full")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_assistance_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["roster_member.id"], name=op.f("fk_assistance_member_id")),
        sa.ForeignKeyConstraint(["assignee_id"], ["user.id"], name=op.f("fk_assistance_assignee_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_assistance")),
    )
    for column in ("member_id", "assignee_id"):
        op.create_index(op.f(f"ix_assistance_{column}"), "assistance", [column])
    _contacts()
    op.create_table(
        "package_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", types.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"service IN ({SERVICES})", name=op.f("ck_package_item_service_known")),
        sa.CheckConstraint("state IN ('planned','under_way','done')", name=op.f("ck_package_item_state_known")),
        sa.CheckConstraint("until >= agreed_on", name=op.f("ck_package_item_until_a_day_to_come")),
        sa.ForeignKeyConstraint(["member_id"], ["roster_member.id"], name=op.f("fk_package_item_member_id")),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["user.id"], name=op.f("fk_package_item_agreed_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f("fk_package_item_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_item")),
        sa.UniqueConstraint("member_id", "service", "what", "until", name="uq_package_item_once"),
    )


def _contacts() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("took_part", sa.String(length=500), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("promised", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", types.UtcDateTime(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"kind IN ({CONTACTS})", name=op.f("ck_contact_kind_known")),
        sa.CheckConstraint("(promised = '') = (due_on IS NULL)", name=op.f("ck_contact_promised_for_a_day")),
        sa.CheckConstraint("done_on IS NULL OR due_on IS NOT NULL", name=op.f("ck_contact_done_what_was_promised")),
        sa.CheckConstraint("due_on >= held_on", name=op.f("ck_contact_due_after_it")),
        sa.CheckConstraint("done_on >= held_on", name=op.f("ck_contact_done_after_it")),
        sa.CheckConstraint("(replaces_id IS NULL) = (reason = '')", name=op.f("ck_contact_corrected_for_a_reason")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_contact_entered_by_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["contact.id"], name=op.f("fk_contact_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_contact_replaces_id")),
    )
    op.create_index("ix_contact_held_on", "contact", ["held_on"])
    op.create_table(
        "contact_member",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_member_contact_id")),
        sa.ForeignKeyConstraint(["member_id"], ["roster_member.id"], name=op.f("fk_contact_member_member_id")),
        sa.PrimaryKeyConstraint("contact_id", "member_id", name=op.f("pk_contact_member")),
    )
    op.create_index(op.f("ix_contact_member_member_id"), "contact_member", ["member_id"])
    op.create_table(
        "contact_file",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_file_contact_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_contact_file_file_id")),
        sa.PrimaryKeyConstraint("contact_id", "file_id", name=op.f("pk_contact_file")),
    )


def downgrade() -> None:
    """Take it away."""
    for table in ("package_item", "contact_file", "contact_member", "contact", "assistance"):
        op.drop_table(table)
