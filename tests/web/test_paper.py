"""A whole case as one document: everything that its tabs show to whoever reads it, and nothing else."""

from __future__ import annotations

from tests.flows.office import Office
from tests.web.test_coming_session import page


def test_a_case_is_read_as_one_document(office: Office) -> None:
    case = office.confirmed()
    told = page(office, office.mediator, f"/cases/{case.id}/paper")
    for part in (
        "当事人",
        "请求的内容",
        "调解协议",
        "调解会",
        "期限",
        "办理经过",
        "填报内容",
        "文书与材料",
        "备注",
        "文字步骤",
    ):
        assert part in told, part
    for fact in ("停止销售被控产品", "支付补偿款八万元", "调解请求书", "双方就停止销售和补偿数额充分交换意见"):
        assert fact in told, fact


def test_a_party_reads_no_remarks_of_the_office(office: Office) -> None:
    case = office.consented()
    office.clerk.answers(case, "docket", mediator=office.mediator.id, note="双方希望线上调解")
    assert "双方希望线上调解" in page(office, office.mediator, f"/cases/{case.id}/paper")
    assert "双方希望线上调解" not in page(office, office.requester, f"/cases/{case.id}/paper")
    assert "打印全案" in page(office, office.requester, f"/cases/{case.id}")
