"""The roster of nurtured units: nominations and their review, admission, the yearly review, what is done for members."""

from app.services.roster import (  # noqa: F401  (each registers its steps)  # noqa: F401  (each registers its steps)
    announcing,
    assistance,
    beside_projects,
    choosing,
    evaluating,
    nominating,
    printed,
    projects,
    reviewing,
    visiting,
    visits_beside,
)
