"""What the clock does: due periods, papers to render, messages to deliver, and the nightly look at everything.

The rows of the database say what is to be done; the queue only carries their ids. Each job takes one row in one
transaction and may be asked twice.
"""

from app.jobs.kinds import KINDS, NIGHTLY, Kind
from app.jobs.passes import Counts, run_due

__all__ = ["KINDS", "NIGHTLY", "Counts", "Kind", "run_due"]
