"""answers to the agreement

What a party says to the draft of the agreement is its answer; a confirmation is the court's. The table changes its name
in one step, so pages and jobs stand still meanwhile.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = "id, agreement_id, party_id, answer, comment, signed_name, by_id, at"


def upgrade() -> None:
    """Give table, constraints and index the new name."""
    _move("confirmation", "agreement_answer")


def downgrade() -> None:
    """Give them the old one again."""
    _move("agreement_answer", "confirmation")


def _move(old: str, new: str) -> None:
    """Make the table under its new name, with all its rows, and let the old one go."""
    op.create_table(
        new,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("signed_name", sa.String(length=80), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('confirm','revise','refuse')", name=op.f(f"ck_{new}_answer_known")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f(f"fk_{new}_agreement_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f(f"fk_{new}_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f(f"fk_{new}_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{new}")),
        sa.UniqueConstraint("agreement_id", "party_id", name=f"uq_{new}_once"),
    )
    op.execute(f"INSERT INTO {new} ({COLUMNS}) SELECT {COLUMNS} FROM {old}")  # noqa: S608  (two names of our own)
    if op.get_bind().dialect.name == "postgresql":  # SQLite goes on from the highest number by itself
        op.execute(f"SELECT setval('{new}_id_seq', (SELECT MAX(id) FROM {new}))")  # noqa: S608
    op.drop_table(old)
    op.create_index(op.f(f"ix_{new}_agreement_id"), new, ["agreement_id"])
