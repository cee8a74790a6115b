"""What is asked in a nomination for the roster and in the yearly review of its members."""

from forms.roster import batch, nomination, review  # noqa: F401  (each module registers its forms)
