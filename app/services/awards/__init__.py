"""What people and the clock do to applications for awards: one module a stage."""

from app.services.awards import batches, beside, direct, intake, paying, printed, recovering, request, reviewing  # noqa: F401  (each registers its steps)
