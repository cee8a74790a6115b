"""Messages: one function and one folder a message. Written beside the act; delivered after its commit, by a job."""

from app.notifications.calendar import calendar_moved
from app.notifications.cases import (
    case_closed,
    document_issued,
    hearing_put_off,
    hearing_scheduled,
    mediator_changed,
    panel_joined,
    session_cancelled,
    session_scheduled,
)
from app.notifications.channels import (
    Mail,
    Mailer,
    NullMailer,
    SmsGateway,
    SmtpMailer,
    mailer,
    set_up,
    sms_gateway,
    use,
)
from app.notifications.deadlines import deadline_overdue, deadline_warning
from app.notifications.districts import (
    district_task_assessed,
    district_task_due,
    district_task_reported,
    district_task_returned,
    district_task_set,
)
from app.notifications.objections import objection_moved, objection_received
from app.notifications.people import account_welcome, substitution_set
from app.notifications.policies import policy_published, policy_pushed
from app.notifications.projects import project_call_published
from app.notifications.rendering import PARTS, render
from app.notifications.tasks import task_handed_over, task_waiting, tasks_opened, urged, urged_to_act
from app.notifications.training import (
    training_cancelled,
    training_certified,
    training_changed,
    training_place_given,
)

__all__ = [
    "PARTS",
    "Mail",
    "Mailer",
    "NullMailer",
    "SmsGateway",
    "SmtpMailer",
    "account_welcome",
    "calendar_moved",
    "case_closed",
    "deadline_overdue",
    "deadline_warning",
    "district_task_assessed",
    "district_task_due",
    "district_task_reported",
    "district_task_returned",
    "district_task_set",
    "document_issued",
    "hearing_put_off",
    "hearing_scheduled",
    "mailer",
    "mediator_changed",
    "objection_moved",
    "objection_received",
    "panel_joined",
    "policy_published",
    "policy_pushed",
    "project_call_published",
    "render",
    "session_cancelled",
    "session_scheduled",
    "set_up",
    "sms_gateway",
    "substitution_set",
    "task_handed_over",
    "task_waiting",
    "tasks_opened",
    "training_cancelled",
    "training_certified",
    "training_changed",
    "training_place_given",
    "urged",
    "urged_to_act",
    "use",
]
