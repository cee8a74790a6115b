"""What the product asks people, and how it checks their answers. Importing the package lists all forms."""

from forms import (  # noqa: F401  (each module registers its forms)
    acts,
    adjudication,
    agreement,
    archiving,
    assistance,
    award_calls,
    award_options,
    award_schedule,
    awards,
    calendar,
    competence,
    contact,
    correction,
    desk,
    district_task,
    docketing,
    formality,
    judicial_confirmation,
    notarisation,
    objection,
    ownership,
    performance,
    policies,
    project_calls,
    projects,
    recusal,
    request,
    roster,
    roster_criteria,
    service_package,
    serving,
    session,
    settings,
    statement,
    support,
    target,
    training,
    visit,
    visit_plan,
)
from forms.answers import from_json, schema
from forms.base import TaskForm, errors_of
from forms.registry import FORMS, build

__all__ = ["FORMS", "TaskForm", "build", "errors_of", "from_json", "schema"]
