"""who helps the panel

A recusal may be of those who help the panel, also of people from outside. A measure has a section head who reviews it and
may concern a party. An extension may be shorter than its step. A patent has its filing date, a
hearing the people who were there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room; every recusal so far is of who holds the case."""
    op.add_column("adjudication", sa.Column("right_filed_on", sa.Date(), nullable=True))
    op.add_column("hearing", sa.Column("present", types.JsonText(), nullable=False, server_default="[]"))
    op.add_column("clock_extension", sa.Column("unit", sa.String(length=16), nullable=True))
    with op.batch_alter_table("evidence_measure") as table:
        table.add_column(sa.Column("party_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("reviewed_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("reviewed_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("review", sa.Text(), nullable=False, server_default=""))
        table.create_foreign_key(op.f("fk_evidence_measure_party_id"), "party", ["party_id"], ["id"])
        table.create_foreign_key(op.f("fk_evidence_measure_reviewed_by_id"), "user", ["reviewed_by_id"], ["id"])
    with op.batch_alter_table("recusal") as table:
        table.add_column(sa.Column("capacity", sa.String(length=12), nullable=False, server_default="holder"))
        table.add_column(sa.Column("person", sa.String(length=120), nullable=False, server_default=""))
        table.add_column(sa.Column("measure_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("followed", sa.Text(), nullable=False, server_default=""))
        table.alter_column("user_id", existing_type=sa.Integer(), nullable=True)
        table.create_foreign_key(op.f("fk_recusal_measure_id"), "evidence_measure", ["measure_id"], ["id"])
        table.create_check_constraint(
            op.f("ck_recusal_capacity_known"), "capacity IN ('holder','recorder','appraiser','other')"
        )
        table.create_check_constraint(op.f("ck_recusal_somebody_is_meant"), "(user_id IS NULL) = (person != '')")
    op.execute("UPDATE recusal SET followed = '已更换' WHERE decision = 'upheld'")


def downgrade() -> None:
    """Take the room away; recusals of people from outside are gone."""
    op.execute("DELETE FROM recusal WHERE user_id IS NULL")
    with op.batch_alter_table("recusal") as table:
        table.drop_constraint(op.f("ck_recusal_somebody_is_meant"), type_="check")
        table.drop_constraint(op.f("ck_recusal_capacity_known"), type_="check")
        table.drop_constraint(op.f("fk_recusal_measure_id"), type_="foreignkey")
        table.alter_column("user_id", existing_type=sa.Integer(), nullable=False)
        for name in ("followed", "measure_id", "person", "capacity"):
            table.drop_column(name)
    with op.batch_alter_table("evidence_measure") as table:
        table.drop_constraint(op.f("fk_evidence_measure_reviewed_by_id"), type_="foreignkey")
        table.drop_constraint(op.f("fk_evidence_measure_party_id"), type_="foreignkey")
        for name in ("review", "reviewed_on", "reviewed_by_id", "party_id"):
            table.drop_column(name)
    op.drop_column("hearing", "present")
    op.drop_column("clock_extension", "unit")
    op.drop_column("adjudication", "right_filed_on")
