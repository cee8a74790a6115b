"""indexes of what was sent

A supervisor looks at the reminders and urges of thirty days. Each index holds those alone: a small part of all messages
and of all that happened, so that nothing else is written more slowly.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_event_urged", "event", "at", "kind = 'urged'"),
    (
        "ix_outbox_reminders",
        "message_outbox",
        "created_at",
        "kind IN ('deadline_warning','deadline_overdue') AND channel = 'in_app'",
    ),
)


def upgrade() -> None:
    """Let both be found by their day."""
    for name, table, column, where in INDEXES:
        op.create_index(name, table, [column], postgresql_where=sa.text(where), sqlite_where=sa.text(where))


def downgrade() -> None:
    """Look through all of them again."""
    for name, table, _column, _where in INDEXES:
        op.drop_index(name, table)
