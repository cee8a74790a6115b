"""Who people are in the office and in a case."""

from __future__ import annotations

from app.domain.labelled import Labelled


class Role(Labelled):
    """A role a person holds in an organisation unit; the value is its code, ``label`` its Chinese name."""

    APPLICANT = ("applicant", "申报单位（当事人）")
    RESPONDENT = ("respondent", "被请求人")
    INTAKE_CLERK = ("intake_clerk", "受理人员")
    MEDIATOR = ("mediator", "调解员")
    ADJUDICATOR = ("adjudicator", "办案人员")
    SECTION_HEAD = ("section_head", "处（科）室负责人")
    DIRECTOR = ("director", "部门负责人")
    REVIEWER = ("reviewer", "审核人员")
    EVALUATOR = ("evaluator", "第三方评审")
    ROSTER_MANAGER = ("roster_manager", "名录管理")
    LIAISON = ("liaison", "直联专员")
    FINANCE = ("finance", "资金管理")
    DISTRICT_OFFICER = ("district_officer", "区局人员")
    SUPERVISOR = ("supervisor", "督办")
    ADMIN = ("admin", "系统管理员")


class PartyRole(Labelled):
    """What a party is in a case."""

    REQUESTER = ("requester", "请求人")
    RESPONDENT = ("respondent", "被请求人")
    THIRD_PARTY = ("third_party", "第三人")
    APPLICANT = ("applicant", "申报单位")


# Whose tasks go with the case: nobody takes them out of a queue, and who leaves the case leaves them to who comes.
SEATED = frozenset({Role.MEDIATOR, Role.ADJUDICATOR})

# Who has to do with the money side of the programme.
AWARD_STAFF = frozenset(
    {Role.REVIEWER, Role.FINANCE, Role.DISTRICT_OFFICER, Role.SECTION_HEAD, Role.DIRECTOR, Role.SUPERVISOR}
)

# Who has to do with the roster of nurtured units.
ROSTER_STAFF = frozenset(
    {Role.ROSTER_MANAGER, Role.EVALUATOR, Role.LIAISON, Role.SECTION_HEAD, Role.DIRECTOR, Role.SUPERVISOR}
)

# Who has to do with the projects of units: an evaluator does not.
PROJECT_STAFF = frozenset(
    {
        Role.ROSTER_MANAGER,
        Role.LIAISON,
        Role.DISTRICT_OFFICER,
        Role.SECTION_HEAD,
        Role.DIRECTOR,
        Role.SUPERVISOR,
    }
)

# Who has to do with the targets of the programme, the tasks of the districts and the supports.
PROGRAMME_STAFF = frozenset(
    {
        Role.SECTION_HEAD,
        Role.DIRECTOR,
        Role.REVIEWER,
        Role.ROSTER_MANAGER,
        Role.LIAISON,
        Role.FINANCE,
        Role.DISTRICT_OFFICER,
        Role.SUPERVISOR,
    }
)
# Who enters supports for the city bureau.
SUPPORT_STAFF = frozenset(
    {Role.SECTION_HEAD, Role.DIRECTOR, Role.REVIEWER, Role.ROSTER_MANAGER, Role.LIAISON, Role.FINANCE}
)

STAFF = tuple(role for role in Role if role not in (Role.APPLICANT, Role.RESPONDENT))

# Lanes of a diagram carry Chinese names; this is the only place that reads them. A staff lane is a role; a party lane
# opens one task for each party of that kind; the system lane holds what nobody does by hand.
STAFF_LANES = {role.label: role for role in STAFF}
PARTY_LANES: dict[str, tuple[PartyRole, ...]] = {
    "请求人": (PartyRole.REQUESTER,),
    "被请求人": (PartyRole.RESPONDENT,),
    "双方当事人": (PartyRole.REQUESTER, PartyRole.RESPONDENT),
    "各方当事人": (PartyRole.REQUESTER, PartyRole.RESPONDENT, PartyRole.THIRD_PARTY),
    "申报单位": (PartyRole.APPLICANT,),
}
SYSTEM_LANE = "系统"
