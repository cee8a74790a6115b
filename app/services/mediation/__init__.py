"""What each step, act and operation of a mediation means. Importing the package lists them all."""

from app.services.mediation import (  # noqa: F401  (each module registers what it holds)
    agreement,
    beside,
    docketing,
    intake,
    judicial_confirmation,
    notarisation,
    ownership,
    performance,
    printed,
    recusal,
    request,
    service,
    sessions,
    statements,
)
