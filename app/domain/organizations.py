"""What kinds of organisations and people come to the office."""

from __future__ import annotations

from app.domain.labelled import Labelled


class OrgKind(Labelled):
    """What an outside organisation is by its licence."""

    ENTERPRISE = "enterprise", "企业"
    INSTITUTION = "institution", "事业单位、高校"
    ASSOCIATION = "association", "社会团体、行业协会"
    AGENCY = "agency", "代理机构"
    BRANCH = "branch", "分支机构"
    FOREIGN = "foreign", "境外单位（含港澳台）"
    INDIVIDUAL = "individual", "个人"


# Who is known by a unified social credit code.
WITH_CODE = (OrgKind.ENTERPRISE, OrgKind.INSTITUTION, OrgKind.ASSOCIATION, OrgKind.AGENCY, OrgKind.BRANCH)
