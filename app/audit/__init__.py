"""History: each row and the state it leads to are written together, and each row is chained to the one before."""

from app.audit.history import Flaw, record, set_seal_key, verify
from app.audit.register import Finding, chained, give_out, verify_all, verify_register

__all__ = [
    "Finding",
    "Flaw",
    "chained",
    "give_out",
    "record",
    "set_seal_key",
    "verify",
    "verify_all",
    "verify_register",
]
