"""parties are proven"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Whoever filed a request of their own keeps it; who came with a code is known by it.
FILED_ITSELF = """
UPDATE party SET files_itself = true
WHERE role = 'requester' AND EXISTS (
    SELECT 1 FROM submission JOIN membership ON membership.user_id = submission.by_id
    WHERE submission.case_id = party.case_id AND submission.task_id IS NULL AND submission.form = 'mediation_request'
    AND membership.organization_id = party.organization_id)
"""


def upgrade() -> None:
    """Make room for who filed a request itself, what it says of the others, and the licence of an organisation."""
    op.add_column("party", sa.Column("files_itself", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("party", sa.Column("stated", sa.Text(), nullable=True))
    op.execute(FILED_ITSELF)
    # written out, because SQLite takes a reference to a table together with the column only
    op.execute(
        "ALTER TABLE organization ADD COLUMN licence_id INTEGER "
        "CONSTRAINT fk_organization_licence_id REFERENCES stored_file (id)"
    )


def downgrade() -> None:
    """Take the room away."""
    with op.batch_alter_table("organization") as table:
        table.drop_column("licence_id")
    with op.batch_alter_table("party") as table:
        table.drop_column("stated")
        table.drop_column("files_itself")
