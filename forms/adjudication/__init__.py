"""The questions of an adjudication. Importing the package lists its forms."""

from forms.adjudication import (  # noqa: F401  (each module registers its forms)
    answer,
    beside,
    decision,
    docketing,
    enforcement,
    evidence,
    hearing,
    intake,
    measures,
    panel,
    request,
    talks,
)
