"""Tables, with the constraints the law demands."""

from app.models.adjudication import (
    Adjudication,
    Decision,
    Deliberation,
    Evidence,
    EvidenceMeasure,
    Hearing,
    Opinion,
    Proposal,
    Publication,
    Suit,
    Suspension,
)
from app.models.assistance import Assistance
from app.models.award_application import (
    AwardApplication,
    AwardRecommendation,
    AwardReview,
    AwardScore,
    AwardThing,
    CapAccount,
    CapEntry,
)
from app.models.award_batch import AwardBatch, AwardGrant, PaymentList
from app.models.award_call import AwardCall
from app.models.award_recovery import ApplicantBar, AwardEvaluation, AwardRecovery
from app.models.award_schedule import AwardSchedule
from app.models.base import Base, append, db
from app.models.case import Agent, Case, CaseCounter, CaseLink, CaseStaff, Follow, Note, Party
from app.models.contact import Contact
from app.models.deadline import (
    CalendarChange,
    CalendarDay,
    ClockExtension,
    ClockPause,
    Deadline,
    Milestone,
    Setting,
)
from app.models.district_task import DistrictReport, DistrictTask
from app.models.document import Addressee, Document, ServiceRecord, StoredFile
from app.models.draw import Draw
from app.models.event import Event
from app.models.invitation import Invitation, proven
from app.models.mediation import Agreement, AgreementAnswer, Mediation, MediationSession, Performance
from app.models.message import MessageOutbox
from app.models.notice import Notice, Objection, ObjectionPaper
from app.models.organization import Organization, OrgUnit
from app.models.process import JobRun, ProcessVersion
from app.models.project import Project, ProjectCall
from app.models.published_policy import PolicyPush, PolicySubscription, PublishedPolicy
from app.models.recusal import Recusal
from app.models.roster import RosterMember, RosterVersion
from app.models.roster_batch import Nomination, RosterBatch, RosterScore
from app.models.roster_criteria import RosterCriteria
from app.models.roster_review import RosterBar, RosterReview
from app.models.second_factor import RecoveryCode, SecondFactor
from app.models.service_package import PackageItem
from app.models.support import Support
from app.models.target import Target, TargetPlan, TargetValue
from app.models.task import Draft, Incident, SavedView, Submission, Task
from app.models.training import TrainingCourse, TrainingNeed, TrainingSeat
from app.models.user import (
    AccessLog,
    ApiToken,
    CalendarFeed,
    DeclaredRelation,
    EndedSession,
    Membership,
    Substitute,
    Throttle,
    User,
)
from app.models.visit import Visit, VisitAnswer, VisitPlan, VisitProblem

__all__ = [
    "AccessLog",
    "Addressee",
    "Adjudication",
    "Agent",
    "Agreement",
    "AgreementAnswer",
    "ApiToken",
    "ApplicantBar",
    "Assistance",
    "AwardApplication",
    "AwardBatch",
    "AwardCall",
    "AwardEvaluation",
    "AwardGrant",
    "AwardRecommendation",
    "AwardRecovery",
    "AwardReview",
    "AwardSchedule",
    "AwardScore",
    "AwardThing",
    "Base",
    "CalendarChange",
    "CalendarDay",
    "CalendarFeed",
    "CapAccount",
    "CapEntry",
    "Case",
    "CaseCounter",
    "CaseLink",
    "CaseStaff",
    "ClockExtension",
    "ClockPause",
    "Contact",
    "Deadline",
    "Decision",
    "DeclaredRelation",
    "Deliberation",
    "DistrictReport",
    "DistrictTask",
    "Document",
    "Draft",
    "Draw",
    "EndedSession",
    "Event",
    "Evidence",
    "EvidenceMeasure",
    "Follow",
    "Hearing",
    "Incident",
    "Invitation",
    "JobRun",
    "Mediation",
    "MediationSession",
    "Membership",
    "MessageOutbox",
    "Milestone",
    "Nomination",
    "Note",
    "Notice",
    "Objection",
    "ObjectionPaper",
    "Opinion",
    "OrgUnit",
    "Organization",
    "PackageItem",
    "Party",
    "PaymentList",
    "Performance",
    "PolicyPush",
    "PolicySubscription",
    "ProcessVersion",
    "Project",
    "ProjectCall",
    "Proposal",
    "Publication",
    "PublishedPolicy",
    "RecoveryCode",
    "Recusal",
    "RosterBar",
    "RosterBatch",
    "RosterCriteria",
    "RosterMember",
    "RosterReview",
    "RosterScore",
    "RosterVersion",
    "SavedView",
    "SecondFactor",
    "ServiceRecord",
    "Setting",
    "StoredFile",
    "Submission",
    "Substitute",
    "Suit",
    "Support",
    "Suspension",
    "Target",
    "TargetPlan",
    "TargetValue",
    "Task",
    "Throttle",
    "TrainingCourse",
    "TrainingNeed",
    "TrainingSeat",
    "User",
    "Visit",
    "VisitAnswer",
    "VisitPlan",
    "VisitProblem",
    "append",
    "db",
    "proven",
]
