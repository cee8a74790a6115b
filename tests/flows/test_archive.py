"""The archive of a closed case: two volumes as PDF/A, one package, and a script that finds whatever was changed."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.documents import store, volumes
from app.domain.errors import NotFound
from app.jobs import documents as setting
from app.models import Case as CaseRow
from app.models import Document, Event, User, db
from app.queries import casefile
from app.services import papers, settings
from app.services.changing import changing
from tests.flows.office import PASSWORD, Case, Office, Person
from tests.flows.tribunal import Tribunal
from tests.services.test_papers import acting, documents, paper
from tests.web.browser import Browser

SCRIPT = Path(__file__).parents[2] / "tools" / "verify_archive.py"


def archives(case: Case, by: Person, expects: int = 200, **answers: Any) -> Any:
    """Put the file in order once every paper and its receipt is set."""
    for _once in ("letters", "receipts of their service"):
        for document in documents(case):
            setting.do(db.session(), document.id)
    return by.acts(case, "file_case", expects, **{"note": "材料齐全", "checked_by": "林建华", **answers})


def closed(office: Office) -> Case:
    case = office.docketed()
    office.requester.acts(case, "withdraw", reason="已自行解决")
    return case


def closed_about_ownership(office: Office) -> Case:
    """Return a closed case of which the national office is still to be told."""
    case = office.performing(dispute_kind="ownership", standing="claimant")
    office.mediator.answers(case, "performance", finding="performed", on="2026-03-02", amount="80000.00")
    return case


def bytes_of(document: Document) -> bytes:
    assert document.file is not None
    with store.open(document.file.sha256) as stream:
        return stream.read()


def package(case: Case) -> bytes:
    return bytes_of(paper(case, "archive_package"))


def text(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def checked(path: Path, *more: str) -> tuple[int, str]:
    """Run the script as somebody does who has Python and the archive, and nothing else."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path), *more], capture_output=True, check=False, text=True
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def changed(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Pack the archive again with something changed in it."""
    with zipfile.ZipFile(BytesIO(data)) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    change(parts)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as after:
        for name, part in parts.items():
            after.writestr(name, part)
    return out.getvalue()


def in_manifest(change: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, bytes]], None]:
    def change_parts(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        change(manifest)
        parts["manifest.json"] = json.dumps(manifest, ensure_ascii=False).encode()

    return change_parts


def a_byte(parts: dict[str, bytes]) -> None:
    name = next(n for n in parts if n.startswith("files/"))
    parts[name] = parts[name][:-1] + bytes([parts[name][-1] ^ 1])


def a_file(parts: dict[str, bytes]) -> None:
    del parts[next(n for n in parts if n.startswith("files/"))]


def one_more(parts: dict[str, bytes]) -> None:
    parts["files/main/999.pdf"] = b"%PDF"


def an_event(manifest: dict[str, Any]) -> None:
    del manifest["events"][1]


def the_last_event(manifest: dict[str, Any]) -> None:
    manifest["events"].pop()


def the_order(manifest: dict[str, Any]) -> None:
    manifest["events"][1:3] = manifest["events"][2:0:-1]


def the_words(manifest: dict[str, Any]) -> None:
    event = manifest["events"][1]
    content = json.loads(event["content"])
    content[4] = "2020-01-01T00:00:00.000000+00:00"
    event["content"] = json.dumps(content, ensure_ascii=False)


def test_the_script_says_whether_an_archive_is_as_it_was_made(office: Office, tmp_path: Path) -> None:
    case = closed(office)
    archives(case, office.clerk)
    whole, told = package(case), paper(case, "archive_package").file
    assert told is not None
    path = tmp_path / "archive.zip"
    path.write_bytes(whole)
    assert checked(path)[0] == 0
    assert checked(path, told.sha256)[0] == 0
    assert checked(path, "0" * 64)[0] == 1
    with zipfile.ZipFile(path) as zipped:
        assert zipped.read("verify.py") == SCRIPT.read_bytes()
        zipped.extractall(tmp_path / "unpacked")
    assert checked(tmp_path / "unpacked")[0] == 0
    for change, words in [
        (a_byte, "被改动"),
        (a_file, "缺少文件"),
        (one_more, "多出文件"),
        (in_manifest(an_event), "缺失或者次序不对"),
        (in_manifest(the_last_event), "末尾的记录缺失"),
        (in_manifest(the_order), "缺失或者次序不对"),
        (in_manifest(the_words), "记录被改动"),
    ]:
        path.write_bytes(changed(whole, change))
        code, said = checked(path)
        assert (code, words in said) == (1, True), said
    path.write_bytes(whole[:1000])
    assert checked(path)[0] == 1


def test_each_volume_is_one_pdf_a_with_bookmarks_and_foreign_files_are_listed_apart(office: Office) -> None:
    case = closed(office)
    archives(case, office.clerk)
    for kind in ("main_volume", "secondary_volume"):
        data = bytes_of(paper(case, kind))
        reader = PdfReader(BytesIO(data))
        assert volumes.is_archival(data)
        assert reader.root_object["/OutputIntents"][0]["/DestOutputProfile"]
        assert reader.trailer["/ID"]
        assert not reader.metadata
        marks = [mark.title for mark in reader.outline]
        assert marks[:2] == ["案卷封面", "卷内目录"]
        assert "/EmbeddedFiles" not in reader.root_object.get("/Names", {})
    handed_in = [d for d in documents(case) if not d.issued and d.seen_by == "all" and d.kind != "main_volume"]
    assert handed_in
    said = "".join(text(bytes_of(paper(case, "main_volume"))).replace("\u200b", "").split())
    assert all(d.file and d.file.sha256 in said for d in handed_in)


def test_the_manifest_holds_every_paper_and_the_whole_history(office: Office) -> None:
    case = closed(office)
    archives(case, office.clerk)
    with zipfile.ZipFile(BytesIO(package(case))) as zipped:
        manifest = json.loads(zipped.read("manifest.json"))
    events = db.session.query(Event).where(Event.case_id == case.id).order_by(Event.seq).all()
    assert [e["hash"] for e in manifest["events"]] == [e.hash for e in events[:-1]]
    assert events[-1].kind == "case_filed"
    told = paper(case, "archive_package").file
    assert told is not None
    assert events[-1].data["package"] == told.sha256
    hashes = {f["sha256"] for f in manifest["files"]}
    own = ("case_file_cover", "file_index", "main_volume", "secondary_volume", "archive_package")
    assert {d.file.sha256 for d in documents(case) if d.file and d.kind not in own} <= hashes


@pytest.mark.parametrize(
    ("chosen", "words", "until"),
    [({}, "15", "2041-12-31"), ({"retention": "permanent", "retention_reason": "有重大影响"}, "permanent", None)],
)
def test_a_file_is_kept_as_the_office_has_set_or_as_chosen_with_a_reason(
    office: Office, chosen: dict[str, str], words: str, until: str | None
) -> None:
    with changing(db.session):
        settings.put(db.session(), "retention.mediation_years", 15)
    case = closed(office)
    archives(case, office.clerk, 422, retention="30", retention_reason="")
    archives(case, office.clerk, **chosen)
    told = db.session.query(Event).where(Event.case_id == case.id, Event.kind == "case_filed").one().data
    assert (told["retention"], told["until"]) == (words, until)


def test_what_was_not_served_is_archived_only_with_a_word_on_it(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="已自行解决")
    tribunal.director.answers(case, "decide_withdrawal", decision="granted", reason="请求人撤回")
    tribunal.serves(case, "panel_notice")
    refused = archives(case, tribunal.clerk, 422, note="")
    assert "《撤销专利侵权纠纷案件决定书》还没有送达各方" in refused["errors"]["note"][0]
    for kind in ("acceptance_notice", "cancellation_decision"):
        tribunal.serves(case, kind)
    archives(case, tribunal.clerk, note="")


def test_a_party_reads_the_main_volume_alone_and_a_stranger_nothing(office: Office) -> None:
    case = closed(office)
    archives(case, office.clerk)
    kinds = {"main_volume", "secondary_volume", "archive_package"}

    def reads(person: Person) -> set[str]:
        return kinds & {d["kind"] for d in case.seen_by(person)["documents"]}

    assert reads(office.requester) == reads(office.respondent) == {"main_volume"}
    assert reads(office.clerk) == kinds
    for kind in ("secondary_volume", "archive_package"):
        row, person = db.session.get_one(CaseRow, case.id), db.session.get_one(User, office.requester.id)
        with pytest.raises(NotFound):
            casefile.document_for(db.session(), person, row, paper(case, kind).id)
    office.stranger.sees(f"/cases/{case.id}", 404)


def test_nothing_is_archived_where_the_disk_is_full_and_the_next_try_succeeds(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = closed(office)
    archives(case, office.clerk, 422, retention="30")
    before, put = len(documents(case)), store.put

    def full(content: Any) -> store.Stored:
        if isinstance(content, bytes) and content.startswith(b"PK"):
            raise store.StoreFailed("文件没有保存成功，请稍后再试")
        return put(content)

    monkeypatch.setattr(store, "put", full)
    archives(case, office.clerk, 422)
    assert len(documents(case)) == before
    monkeypatch.setattr(store, "put", put)
    archives(case, office.clerk)
    assert paper(case, "archive_package").file is not None


def test_what_the_panel_says_among_itself_is_never_in_the_main_volume(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    secret = "合议中的不同意见仅供合议组"
    with changing(db.session):
        said = {"name": "林建华", "presides": True, "vote": "认定侵权成立", "opinion": secret}
        papers.issue(
            acting(case, tribunal.presiding.id),
            "deliberation_record",
            seen_by="panel",
            held_on="2026-03-02",
            members=["林建华"],
            recorder="李雅文",
            opinions=[said],
            majority="认定侵权成立",
            dissent=[],
        )
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="已自行解决")
    tribunal.director.answers(case, "decide_withdrawal", decision="granted", reason="请求人撤回")
    archives(case, tribunal.clerk)
    main, secondary = (text(bytes_of(paper(case, f"{k}_volume"))).replace("\n", "") for k in ("main", "secondary"))
    assert secret in secondary
    assert secret not in main
    assert "合议笔录" not in main
    kinds = [d["kind"] for d in case.seen_by(tribunal.clerk)["documents"]]
    assert "main_volume" in kinds
    assert "archive_package" not in kinds
    assert "archive_package" in [d["kind"] for d in case.seen_by(tribunal.presiding)["documents"]]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_case_page_shows_the_archive_to_each_as_far_as_they_may_read_it(office: Office, language: str) -> None:
    case = closed(office)
    archives(case, office.clerk)
    told = paper(case, "archive_package").file
    assert told is not None
    sha256 = told.sha256
    pages = {}
    for person in (office.clerk, office.requester):
        browser = Browser(office.app)
        browser.logs_in(person.username, PASSWORD)
        browser.posts("/language", {"language": language})
        pages[person.username] = browser.gets(f"/cases/{case.id}").text
    assert sha256 in pages["clerk"]
    assert "verify.py" in pages["clerk"]
    assert sha256 not in pages["requester"]
    assert f"/files/cases/{case.id}/{paper(case, 'main_volume').id}" in pages["requester"]
    assert f"/files/cases/{case.id}/{paper(case, 'secondary_volume').id}" not in pages["requester"]


def test_what_comes_to_an_archived_file_makes_a_supplement_that_proves_itself(office: Office, tmp_path: Path) -> None:
    case = closed_about_ownership(office)
    archives(case, office.clerk, retention="30", retention_reason="有重大影响")
    assert "没有新的材料" in str(archives(case, office.clerk, 422)["detail"])
    first = paper(case, "archive_package")
    office.clerk.acts(case, "copy_to_cnipa", on="2026-03-02", files=[office.clerk.uploads("回执.pdf")])
    known = {d.id for d in documents(case)}
    office.clerk.acts(case, "file_case", 422, note="", checked_by="", retention="10", retention_reason="另有理由")
    assert {d.id for d in documents(case)} == known
    archives(case, office.clerk)
    new = [d for d in documents(case) if d.id not in known]
    assert [d.title for d in new if d.kind.endswith(("_volume", "_package"))] == [
        "副卷（补充第 1 次）",
        "电子档案（补充第 1 次）",
    ]
    events = (
        db.session.query(Event).where(Event.case_id == case.id, Event.kind == "case_filed").order_by(Event.seq).all()
    )
    assert [(e.data["supplement"], e.data["retention"], e.data["until"]) for e in events] == [
        (0, "30", events[0].data["until"]),
        (1, "30", events[0].data["until"]),
    ]
    second = paper(case, "archive_package")
    assert second.id != first.id
    path = tmp_path / "supplement.zip"
    path.write_bytes(bytes_of(second))
    assert checked(path, events[1].data["package"])[0] == 0
    with zipfile.ZipFile(path) as zipped:
        manifest = json.loads(zipped.read("manifest.json"))
    assert manifest["supplement"] == 1
    lines = [i["title"] for v in manifest["volumes"] for i in v["items"]]
    assert lines[-1] == "备考表"
    assert "调解请求书" not in lines
    archives(case, office.clerk, 422, note="再补一次")
