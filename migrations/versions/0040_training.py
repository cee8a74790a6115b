"""training

What training members of the roster need, the courses, who is signed up for them, and what is recorded of each.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

SUBJECTS = "'patents','brands','system','disputes','financing','executives','other'"


def upgrade() -> None:
    """Make room."""
    _needs()
    _courses()
    _seats()


def _refers(table: str, *columns: tuple[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")) for column, to in columns
    ]


def _checks(table: str, **checks: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in checks.items()]


def _needs() -> None:
    table = "training_need"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("audiences", types.JsonText(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stated_by_id", sa.Integer(), nullable=False),
        sa.Column("stated_at", types.UtcDateTime(), nullable=False),
        *_checks(table, subject_known=f"subject IN ({SUBJECTS})", for_somebody="people > 0"),
        *_refers(table, ("organization_id", "organization"), ("district_id", "org_unit"), ("stated_by_id", "user")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("year", "organization_id", "subject", name="uq_training_need_subject"),
    )
    for column in ("year", "organization_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _courses() -> None:
    table = "training_course"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("teacher", sa.String(length=120), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("begins_at", types.UtcDateTime(), nullable=False),
        sa.Column("ends_at", types.UtcDateTime(), nullable=False),
        sa.Column("signup_until", types.UtcDateTime(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=5, scale=1), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("members_only", sa.Boolean(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("drawn_up_by_id", sa.Integer(), nullable=False),
        sa.Column("drawn_up_at", types.UtcDateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", types.UtcDateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=False),
        *_checks(
            table,
            subject_known=f"subject IN ({SUBJECTS})",
            state_known="state IN ('draft','open','held','cancelled')",
            ends_after_it_begins="begins_at < ends_at",
            signed_up_before_it_begins="signup_until <= begins_at",
            some_hours="hours > 0",
            taken_within_places="taken >= 0 AND taken <= places",
            mark_within_a_hundred="pass_mark BETWEEN 1 AND 100",
            published_at_a_time="state NOT IN ('open','held') OR published_at IS NOT NULL",
            ended_at_a_time="(state IN ('held','cancelled')) = (ended_at IS NOT NULL)",
            cancelled_for_a_reason="(state = 'cancelled') = (cancelled_because <> '')",
        ),
        *_refers(table, *((f"{who}_by_id", "user") for who in ("drawn_up", "published", "ended"))),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_begins_at"), table, ["begins_at"])


def _seats() -> None:
    table = "training_seat"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.String(length=80), nullable=False),
        sa.Column("phone", types.EncryptedText(), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("signed_up_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_up_at", types.UtcDateTime(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", types.UtcDateTime(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=True),
        sa.Column("certificate", sa.String(length=20), nullable=True),
        sa.Column("certified_at", types.UtcDateTime(), nullable=True),
        sa.Column("revoked_at", types.UtcDateTime(), nullable=True),
        *_checks(
            table,
            state_known="state IN ('seated','waiting','withdrawn')",
            withdrawn_at_a_time="(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
            recorded_with_a_place="attended IS NULL OR state = 'seated'",
            recorded_at_a_time="(attended IS NULL) = (recorded_at IS NULL)",
            points_of_who_came="points IS NULL OR (attended AND points BETWEEN 0 AND 100)",
            certified_at_a_time="(certificate IS NULL) = (certified_at IS NULL)",
            certified_who_came="certificate IS NULL OR attended OR revoked_at IS NOT NULL",
            revoked_what_there_was="revoked_at IS NULL OR certificate IS NOT NULL",
        ),
        *_refers(
            table,
            ("course_id", "training_course"),
            ("organization_id", "organization"),
            *((f"{who}_by_id", "user") for who in ("signed_up", "withdrawn", "recorded")),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("certificate", name=op.f(f"uq_{table}_certificate")),
    )
    for column in ("organization_id", "signed_up_by_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index("ix_training_seat_course", table, ["course_id", "state"])
    live = sa.text("state <> 'withdrawn'")
    op.create_index(
        "uq_training_seat_person",
        table,
        ["course_id", "organization_id", "name", "phone_index"],
        unique=True,
        postgresql_where=live,
        sqlite_where=live,
    )


def downgrade() -> None:
    """Take it away, with everything that was recorded."""
    for table in ("training_seat", "training_course", "training_need"):
        op.drop_table(table)
