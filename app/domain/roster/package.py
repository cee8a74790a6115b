"""The services that are agreed with a member (服务包, measure M05), as the programme names them."""

from __future__ import annotations

from app.domain.labelled import Labelled


class Service(Labelled):
    """What the office does for members; where it stands in the programme is in ``MEASURES``."""

    POLICY = "policy", "政策精准推送"
    PROJECT = "project", "项目申报辅导"
    TRAINING = "training", "定向培训"
    NAVIGATION = "navigation", "专利导航"
    RIGHTS = "rights", "快速维权"
    ALERT = "alert", "商标预警"
    PLEDGE = "pledge", "质押融资对接"
    INSURANCE = "insurance", "专利保险对接"
    PROTECTION = "protection", "纳入重点保护名录"
    STANDARD = "standard", "贯标辅导"
    COMMISSIONER = "commissioner", "专利特派员"
    BRAND = "brand", "品牌与国际商标指导"
    OTHER = "other", "其他"


MEASURES: dict[Service, str] = {
    Service.POLICY: "M06",
    Service.PROJECT: "M10",
    Service.TRAINING: "M11",
    Service.NAVIGATION: "M15",
    Service.RIGHTS: "M37",
    Service.ALERT: "M40",
    Service.PLEDGE: "M30",
    Service.INSURANCE: "M33",
    Service.PROTECTION: "M39",
    Service.STANDARD: "M21",
    Service.COMMISSIONER: "M53",
    Service.BRAND: "M19",
}


class Progress(Labelled):
    """How far a service that was agreed has come."""

    PLANNED = "planned", "计划中"
    UNDER_WAY = "under_way", "进行中"
    DONE = "done", "已完成"
