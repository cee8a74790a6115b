"""The index of an archived file: who is answerable for each paper."""

from __future__ import annotations

from typing import Any

import pytest

from app.jobs import documents as setting
from app.models import Document, db
from app.services import authorship, settings
from app.services.changing import changing
from tests.flows.office import Case, Office
from tests.services.test_papers import acting, documents, facts_of


def indexed(case: Case) -> list[Any]:
    """Return the lines of both volumes."""
    return [item for d in documents(case) if d.kind == "file_index" for item in facts_of(d)["items"]]


def test_the_index_names_who_is_answerable_for_each_paper(office: Office) -> None:
    proof = [office.requester.uploads("营业执照.pdf")]
    case = office.served(identity_files=proof, evidence=[{"title": "公证书", "files": [office.requester.uploads()]}])
    answer = {"stance": "declines", "opinion": "不同意", "files": [office.respondent.uploads("说明.pdf")]}
    office.respondent.answers(case, "statement", **answer)
    office.clerk.answers(case, "refuse_docketing", explanation="")
    for _once in ("letters", "receipts of their service"):
        for document in documents(case):
            setting.do(db.session(), document.id)
    office.clerk.acts(case, "file_case", note="", checked_by="")
    authors = {item["title"]: item["author"] for item in indexed(case)}
    requesting, responding, own = office.requesting.name, office.responding.name, settings.DEFAULTS["office.name"]
    assert (
        authors["调解请求书"] == authors["主体资格证明"] == authors["公证书"] == authors["证据材料清单"] == requesting
    )
    assert authors["意见陈述书"] == authors["意见陈述书附件"] == responding
    assert authors["陈述意见通知书"] == authors["送达回证"] == authors["不予立案通知书"] == own


@pytest.mark.parametrize("by_the_court", ["", "佛山市禅城区人民法院"])
def test_the_index_names_the_court_and_says_party_where_nobody_knows_which(office: Office, by_the_court: str) -> None:
    with changing(db.session):
        settings.put(db.session(), "office.court", by_the_court)
    case = office.files()
    author = authorship.authors(acting(case, office.clerk.id))
    ruling = Document(kind="court_ruling", title="人民法院裁定书", issued=False, seen_by="all")
    proof = Document(kind="performance_proof", title="履行情况的证明", issued=False, seen_by="all")
    assert author(ruling) == (by_the_court or "人民法院")
    assert author(proof) == "当事人"
