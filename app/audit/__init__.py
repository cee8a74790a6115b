"""History: each row and the state it leads to are written together, and each row is chained to the one before."""

from app.audit.history import Flaw, record, set_seal, set_seal_key, written_out
from app.audit.keeping import EMPTY, keep, verify
from app.audit.register import RECEIPT, Finding, chained, give_out, verify_all, verify_register

__all__ = [
    "EMPTY",
    "RECEIPT",
    "Finding",
    "Flaw",
    "chained",
    "give_out",
    "keep",
    "record",
    "set_seal",
    "set_seal_key",
    "verify",
    "verify_all",
    "verify_register",
    "written_out",
]
