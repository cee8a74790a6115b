"""policies

Policies that the office publishes, who subscribes to them by topic, and to which members of the roster they were pushed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TOPICS = "'patents','trademarks','indications','copyright','standards','finance','protection','talent','projects','awards','other'"


def upgrade() -> None:
    """Make room."""
    _policies()
    op.create_table(
        "policy_subscription",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=12), nullable=False),
        sa.Column("since", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint(f"topic IN ({TOPICS})", name=op.f("ck_policy_subscription_topic_known")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_policy_subscription_user_id")),
        sa.PrimaryKeyConstraint("user_id", "topic", name=op.f("pk_policy_subscription")),
    )
    op.create_index("ix_policy_subscription_topic", "policy_subscription", ["topic"])
    _pushes()


def _policies() -> None:
    op.create_table(
        "published_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("document_number", sa.String(length=80), nullable=False),
        sa.Column("topics", types.JsonText(), nullable=False),
        sa.Column("industries", types.JsonText(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("calls_for_projects", sa.Boolean(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("pushes", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("ending", sa.String(length=10), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_for", sa.Text(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("proposed_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_published_policy_{name}"))
            for name, condition in (
                ("state_known", "state IN ('draft','published','discarded')"),
                ("four_eyes", "state <> 'published' OR made_by_id IS NULL OR made_by_id <> decided_by_id"),
                ("published_at_a_time", "state <> 'published' OR decided_at IS NOT NULL"),
                ("level_known", "level IN ('national','provincial','city','district','town')"),
                ("published_has_a_number", "(state = 'published') = (number IS NOT NULL)"),
                ("valid_after_it_is_issued", "valid_until > issued_on"),
                ("closes_after_it_is_issued", "closes_on > issued_on"),
                ("call_has_a_closing_day", "calls_for_projects = (closes_on IS NOT NULL)"),
                ("link_is_https", "link = '' OR link LIKE 'https://%'"),
                ("ending_known", "ending IS NULL OR ending IN ('repealed','replaced')"),
                (
                    "ended_on_a_day",
                    "(ending IS NULL) = (ended_on IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
                ),
                ("only_published_ends", "ending IS NULL OR state = 'published'"),
                ("repealed_for_a_reason", "ending <> 'repealed' OR ended_for <> ''"),
            )
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_published_policy_{column}"))
            for column, table in (
                ("replaces_id", "published_policy"),
                ("ended_by_id", "user"),
                ("made_by_id", "user"),
                ("decided_by_id", "user"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_policy")),
        sa.UniqueConstraint("number", name=op.f("uq_published_policy_number")),
    )
    op.create_index("ix_published_policy_listed", "published_policy", ["state", "issued_on", "id"])
    where = sa.text("state = 'published' AND replaces_id IS NOT NULL")
    op.create_index(
        "uq_published_policy_replaces",
        "published_policy",
        ["replaces_id"],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )
    for table, column, other in (
        ("published_policy_file", "file_id", "stored_file"),
        ("published_policy_district", "unit_id", "org_unit"),
    ):
        op.create_table(
            table,
            sa.Column("policy_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["policy_id"], ["published_policy.id"], name=op.f(f"fk_{table}_policy_id")),
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")),
            sa.PrimaryKeyConstraint("policy_id", column, name=op.f(f"pk_{table}")),
        )


def _pushes() -> None:
    op.create_table(
        "policy_push",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("pushed_at", types.UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("receipt_at", types.UtcDateTime(), nullable=True),
        sa.Column("receipt_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("(policy_id IS NULL) <> (call_id IS NULL)", name=op.f("ck_policy_push_policy_or_call")),
        sa.CheckConstraint(
            "answer IS NULL OR answer IN ('noted','will_apply','not_for_us')", name=op.f("ck_policy_push_answer_known")
        ),
        sa.CheckConstraint(
            "(receipt_at IS NULL) = (answer IS NULL) AND (receipt_at IS NULL) = (receipt_by_id IS NULL)",
            name=op.f("ck_policy_push_answered_by_somebody"),
        ),
        sa.CheckConstraint("answer IS NOT NULL OR note = ''", name=op.f("ck_policy_push_note_to_an_answer")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_policy_push_{column}"))
            for column, table in (
                ("policy_id", "published_policy"),
                ("call_id", "award_call"),
                ("member_id", "roster_member"),
                ("by_id", "user"),
                ("receipt_by_id", "user"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_push")),
        sa.UniqueConstraint("policy_id", "member_id", name="uq_policy_push_policy"),
        sa.UniqueConstraint("call_id", "member_id", name="uq_policy_push_call"),
    )
    op.create_index(op.f("ix_policy_push_member_id"), "policy_push", ["member_id"])


def downgrade() -> None:
    """Take it away, with every policy, subscription and push."""
    for table in (
        "policy_push",
        "policy_subscription",
        "published_policy_district",
        "published_policy_file",
        "published_policy",
    ):
        op.drop_table(table)
