"""Membership of the roster: the industries it knows, why a unit comes in, and why it goes (programme, part 1; measure M03)."""

from __future__ import annotations

from app.domain.labelled import Labelled


class Industry(Labelled):
    """The clusters that the programme names (parts 1 and 2), each under one word, and what belongs to none of them."""

    EQUIPMENT = "equipment", "智能装备制造"
    ROBOTS = "robots", "工业机器人"
    APPLIANCES = "appliances", "家用电器"
    FURNISHING = "furnishing", "泛家居"
    MATERIALS = "materials", "建材制造"
    ENERGY = "energy", "新能源"
    HYDROGEN = "hydrogen", "氢能源"
    ELECTRONICS = "electronics", "电子信息"
    SERVICES = "services", "知识产权服务"
    RESEARCH = "research", "科研机构"
    OTHER = "other", "其他"


class Entry(Labelled):
    """Why a unit came onto the roster."""

    NOMINATED = "nominated", "自主申报并经评审入选"
    READMITTED = "readmitted", "调出后重新入选"


class Exit(Labelled):
    """Why a unit left the roster."""

    REVIEW = "review", "年度复核调出"
    UNCORRECTED = "uncorrected", "整改不到位"
    DISHONEST = "dishonest", "列入知识产权严重失信名单"
    ABNORMAL = "abnormal", "存在非正常专利申请"
    GONE = "gone", "主体注销、吊销或者迁出本市"
    ITS_OWN_WISH = "its_own_wish", "单位申请退出"


class Bar(Labelled):
    """What is watched for: each keeps a unit from coming in, and puts one that is in before a decision."""

    DISHONEST = "dishonest", "列入知识产权严重失信名单"
    ABNORMAL = "abnormal", "非正常专利申请"
    GONE = "gone", "主体注销、吊销或者迁出"
