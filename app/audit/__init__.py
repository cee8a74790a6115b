"""History: each row and the state it leads to are written together, and each row is chained to the one before."""

from app.audit.history import Flaw, record, set_seal_key, verify
from app.audit.register import Finding, missing_numbers, verify_all

__all__ = ["Finding", "Flaw", "missing_numbers", "record", "set_seal_key", "verify", "verify_all"]
