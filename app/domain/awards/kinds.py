"""The words of the award schedule: how an amount is found, what it is given for, who may apply, which papers prove it.

Sources: programme (佛山市知识产权培优工程实施方案, 2020), part 2; the papers follow the city instruments behind each
sentence of it (佛市监办发〔2019〕11号, 佛知〔2019〕2号, 佛山市工业产品质量提升扶持办法) and the practice of their notices.
"""

from __future__ import annotations

from app.domain.labelled import Labelled


class Mode(Labelled):
    """How the amount of an award is found."""

    FIXED = "fixed", "定额"
    PER_ITEM = "per_item", "按件（项）定额"
    ONE_OFF = "one_off", "一次性定额"
    CEILING = "ceiling", "限额内核定"
    PERCENT = "percent", "按比例"


class Item(Labelled):
    """What an award is given for; the same one is not awarded twice."""

    ALLIANCE = "alliance", "专利联盟"
    HONOUR = "honour", "质量奖"
    MARK = "mark", "商标"
    TITLE = "title", "认定称号"
    DEAL = "deal", "转让或者许可合同"
    POLICY = "policy", "专利保险单"
    PROJECT = "project", "获奖专利项目"
    AGENCY = "agency", "品牌服务机构"


class Applicant(Labelled):
    """Who may apply."""

    ENTERPRISE = "enterprise", "企业"
    INSTITUTION = "institution", "事业单位、科研机构"
    ASSOCIATION = "association", "协会、社会团体"
    AGENCY = "agency", "知识产权服务机构"
    BRANCH = "branch", "分支机构"
    INDIVIDUAL = "individual", "个人"


class Evidence(Labelled):
    """A paper that proves a condition of an award."""

    LICENCE = "licence", "主体资格证明"
    RECOGNITION = "recognition", "获奖（认定）文件或者名单"
    CERTIFICATE = "certificate", "获奖（认定）证书"
    RECORD = "record", "国家备案通知或者在册名单"
    CHARTER = "charter", "联盟章程或者合作协议"
    COUNCIL = "council", "理事长、秘书长单位主体资格证明"
    MEMBERS = "members", "成员名单"
    AUTHORISATION = "authorisation", "代领授权书"
    MARK_CERTIFICATE = "mark_certificate", "商标注册证"
    MARK_CHANGES = "mark_changes", "商标续展、变更证明"
    CONTROL = "control", "监督检测能力材料"
    RELEVANCE = "relevance", "与当地产业相关的说明"
    CONTRACT = "contract", "转让或者许可合同"
    REGISTRATION = "registration", "手续合格通知书或者专利登记簿副本"
    FILING = "filing", "专利实施许可合同备案证明"
    INVOICE = "invoice", "发票"
    PAYMENT = "payment", "银行付款凭证"
    UNRELATED = "unrelated", "与对方没有关联关系的承诺"
    POLICY = "policy", "保险单"
    INSURED = "insured", "被保险专利清单"
    REGISTER = "register", "专利登记簿副本"
    AFFILIATION = "affiliation", "与总公司隶属关系的证明"
