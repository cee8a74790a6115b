"""addressees

Whom an issued paper is addressed to, and when it reached them. Of papers of before, those are known to whom somebody
has recorded service.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KNOWN = """
INSERT INTO addressee (document_id, party_id, served_on)
SELECT document_id, party_id, max(received_on) FROM service_record GROUP BY document_id, party_id
"""


def upgrade() -> None:
    """Make the table and fill in what is known."""
    op.create_table(
        "addressee",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_addressee_document_id_document")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_addressee_party_id_party")),
        sa.PrimaryKeyConstraint("document_id", "party_id", name=op.f("pk_addressee")),
    )
    where = sa.text("served_on IS NULL")
    op.create_index("ix_addressee_to_serve", "addressee", ["document_id"], sqlite_where=where, postgresql_where=where)
    op.execute(KNOWN)


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("addressee")
