"""History: each row and the state it leads to are written together, and each row is chained to the one before."""

from app.audit.history import Flaw, record, set_seal_key, verify

__all__ = ["Flaw", "record", "set_seal_key", "verify"]
