"""${message}

Every migration must work while the previous version of the code is still running.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types  # noqa: F401  (column types of ours)
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Go back."""
    ${downgrades if downgrades else "pass"}
