"""announce tasks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WAITING = sa.text("announce_at IS NOT NULL")


def upgrade() -> None:
    """Make room for who opened a task and when its queue is to hear of it; what is open already stays unannounced."""
    op.add_column("task", sa.Column("announce_at", types.UtcDateTime(timezone=True), nullable=True))
    op.create_index("ix_task_announce", "task", ["announce_at"], postgresql_where=WAITING, sqlite_where=WAITING)
    # written out, because SQLite takes a reference to a table together with the column only
    op.execute(
        'ALTER TABLE task ADD COLUMN opened_by_id INTEGER CONSTRAINT fk_task_opened_by_id REFERENCES "user" (id)'
    )
    op.execute(
        "ALTER TABLE message_outbox ADD COLUMN task_id INTEGER CONSTRAINT fk_message_outbox_task_id REFERENCES task (id)"
    )


def downgrade() -> None:
    """Take the room away."""
    with op.batch_alter_table("message_outbox") as table:
        table.drop_column("task_id")
    op.drop_index("ix_task_announce", table_name="task")
    with op.batch_alter_table("task") as table:
        table.drop_column("opened_by_id")
        table.drop_column("announce_at")
