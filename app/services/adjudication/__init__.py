"""What each step, act and operation of an adjudication means. Importing the package lists them all."""

from app.services.adjudication import (  # noqa: F401  (each module registers what it holds)
    answers,
    cancellation,
    decision,
    deliberation,
    docketing,
    evidence,
    extending,
    intake,
    joining,
    jurisdiction,
    panel,
    printed,
    request,
    suspension,
    talks,
)
