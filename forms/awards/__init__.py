"""What applicants, reviewers, experts, districts and finance are asked about an application for an award."""

from forms.awards import application, beside, direct, intake, paying, recovery, review  # noqa: F401  (each module registers its forms)
