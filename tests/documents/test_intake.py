"""What is taken in, by what it is and not by what it is called."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents import intake, letters, packages
from app.documents.intake import display_name, inspect
from app.domain.errors import RuleBroken

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + b"\x11" * 40 + b"\xff\xd9"
TIFF = b"II*\0\x08\0\0\0" + b"\0" * 20
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0" * 20
PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def packed(*names: str, content: bytes = b"<x/>", compression=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name in names:
            package.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")
DOCX = packed(*WORD)
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
OFD = packed("OFD.xml", "Doc_0/Document.xml")


def with_objects(objects: bytes, encoded: Callable[[bytes], bytes] = zlib.compress, how: str = "FlateDecode") -> bytes:
    """Return a PDF whose object 9 is kept in a packed stream, as its table of objects says."""
    packed_objects = encoded(objects)
    written = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        3: b"<</Type/ObjStm/N 1/First 4/Filter/%b/Length %d>>stream\n" % (how.encode(), len(packed_objects))
        + packed_objects
        + b"\nendstream ",
        4: b"<</Type/Page/Parent 2 0 R>>",
    }
    out, places = b"%PDF-1.7\n", {9: (2, 3, 0)}
    for number, content in written.items():
        places[number] = (1, len(out), 0)
        out += b"%d 0 obj%bendobj\n" % (number, content)
    start = len(out)
    table = b"".join(struct.pack(">BIB", *places.get(n, (0, 0, 0))) for n in range(10))
    out += b"5 0 obj<</Type/XRef/Size 10/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return out + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start


def opening_with(action: bytes) -> bytes:
    return PDF.replace(b"/Type", b"/OpenAction" + action + b"/Type")


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PDF, "证据.pdf", "application/pdf"),
        (with_objects(b"9 0 <</S/GoTo/D[4 0 R/Fit]>>"), "证据.pdf", "application/pdf"),
        (PNG, "照片.png", "image/png"),
        (JPEG, "照片.jpeg", "image/jpeg"),
        (TIFF, "扫描.tif", "image/tiff"),
        (MP4, "现场.mp4", "video/mp4"),
        (DOCX, "说明.docx", packages.DOCX),
        (XLSX, "清单.xlsx", packages.XLSX),
        (OFD, "发票.ofd", packages.OFD),
        ("\ufeff编号,名称\r\n1,产品\r\n".encode(), "清单.csv", "text/csv"),
        ("价格 < 100 元".encode(), "说明.txt", "text/plain"),
    ],
)
def test_what_evidence_comes_as_is_taken(data, name, media_type):
    accepted = inspect(data, name)
    assert (accepted.media_type, accepted.name) == (media_type, name)


def test_the_office_s_own_letters_can_be_handed_in_again(sample):
    assert inspect(letters.render("evidence_list", sample("evidence_list")), "清单.pdf").media_type == "application/pdf"


def test_a_name_that_lies_gets_the_extension_of_what_the_file_is():
    assert inspect(PDF, "发票.exe").name == "发票.exe.pdf"
    assert inspect(PNG, "照片").name == "照片.png"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "空.pdf", "是空的"),
        (b"MZ\x90\0" + b"\0" * 100, "合同.pdf", "内容不是 PDF"),
        (b"MZ plain words", "合同.txt", "网页或者脚本"),
        (b"<html><script>alert(1)</script></html>", "合同.pdf", "内容不是 PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "图.png", "内容不是 PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "图.txt", "网页或者脚本"),
        (b"  <!DOCTYPE html><p>", "说明.txt", "网页或者脚本"),
        (b"#!/bin/sh\nrm x", "说明.txt", "网页或者脚本"),
        (b"hello <SCRIPT>x</SCRIPT>", "说明.csv", "网页或者脚本"),
        (b"alert(1)", "脚本.js", "不在可上传之列"),
        ("编号".encode("gb18030"), "清单.csv", "UTF-8"),
        (b"a\0b", "说明.txt", "不在可上传之列"),
        (OLD, "合同.doc", "旧版 Office"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "合同.docx", "密码"),
        (b"GIF89a" + b"\0" * 30, "图.gif", "不在可上传之列"),
        (PDF[:-6], "断.pdf", "已损坏"),
        (PDF + b"PK\x03\x04 another file", "夹带.pdf", "夹带"),
        (PDF.replace(b"/Root", b"/Encrypt 5 0 R/Root"), "锁.pdf", "密码或者权限"),
        (PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript/JS(x)>>/Type"), "动.pdf", "脚本"),
        (PDF.replace(b"/Type", b"/OpenAction<</S/J#61vaScript/JS(x)>>/Type"), "动.pdf", "脚本"),
        (PDF.replace(b"1 0 obj", b"%stream\n1 0 obj").replace(b"/Type", b"/AA<</S/Launch>>/Type"), "动.pdf", "脚本"),
        (with_objects(b"9 0 <</S/JavaScript/JS(x)>>"), "动.pdf", "脚本"),
        (
            with_objects(b"39203020" + b"<</S/JavaScript/JS(x)>>".hex().encode() + b">", bytes, "ASCIIHexDecode"),
            "动.pdf",
            "脚本",
        ),
        (opening_with(b"<</S/URI/URI(http://example.cn/)>>"), "动.pdf", "自动执行"),
        (opening_with(b"<</S/GoTo/D[4 0 R/Fit]/Next<</S/URI/URI(http://example.cn/)>>>>"), "动.pdf", "自动执行"),
        (PDF.replace(b"/Type", b"/A<</S/SubmitForm/F(http://example.cn/)>>/Type"), "动.pdf", "自动执行"),
        (PDF.replace(b"/Type", b"/A<</S/GoToR/F(\\\\\\\\evil\\\\x)>>/Type"), "动.pdf", "自动执行"),
        (b"%PDF-1.4 <script>alert(1)</script>\n%%EOF\n", "网.pdf", "已损坏"),
        (with_objects(b"0" * 90_000_000), "炸弹.pdf", "展开后过大"),
        (PNG + b"<script>alert(1)</script>", "图.png", "夹带"),
        (PNG + DOCX, "图.png", "夹带"),
        (b"\xff\xd8\xff\xe1<?php system($x)" + b"\0" * 20, "图.jpg", "夹带"),
    ],
)
def test_what_could_harm_or_cannot_be_read_is_refused_in_words(data, name, words):
    with pytest.raises(RuleBroken) as refused:
        inspect(data, name)
    assert words in str(refused.value) and name in str(refused.value)
    assert refused.value.field == "files"


FIELD = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:r><w:instrText> %s</w:instrText></w:r><w:r><w:instrText>%s</w:instrText></w:r></w:p>"
)


def typed(kind: str, name: str) -> str:
    return f'<Types xmlns="urn:x"><Override PartName="{name}" ContentType="{kind}"/></Types>'


def leading(kind: str, target: str, mode: str = "External") -> str:
    return f'<R xmlns="urn:x"><Relationship Id="a" Type="urn:x/{kind}" Target="{target}" TargetMode="{mode}"/></R>'


def with_part(name: str, content: str | bytes) -> bytes:
    """Return a text of which one part is ``content``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for one in dict.fromkeys((*WORD, name)):
            package.writestr(zipfile.ZipInfo(one), content if one == name else "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        with_part("word/_rels/document.xml.rels", leading("hyperlink", "https://example.cn/")),
        with_part("word/embeddings/a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml")),
        with_part("word/footer.xml", FIELD % ("PA", "GE")),
    ],
)
def test_links_to_click_on_charts_and_page_numbers_do_no_harm(data):
    assert inspect(data, "说明.docx").media_type == packages.DOCX


def test_a_link_to_click_on_and_a_place_to_open_at_do_no_harm():
    linked = PDF.replace(b"/Type", b"/A<</S/URI/URI(https://example.cn/)>>/Type")
    assert inspect(linked, "说明.pdf").media_type == "application/pdf"
    assert inspect(opening_with(b"[4 0 R/Fit]"), "说明.pdf").media_type == "application/pdf"


def test_a_small_file_whose_pages_are_named_over_and_over_is_counted_at_once():
    nested = b"".join(
        b"%d 0 obj<</Type/Pages/Count 1/Kids[%b]>>endobj\n" % (n, b" ".join([b"%d 0 R" % (n + 1)] * 10))
        for n in range(2, 12)
    )
    bomb = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + nested
    bomb += b"12 0 obj<</Type/Page>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    assert inspect(bomb, "页.pdf").pages == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (packed("a.txt"), "不在可上传之列"),
        (packed(*WORD, "word/vbaProject.bin"), "宏"),
        (packed(*WORD, "word/activeX/activeX1.xml"), "宏"),
        (with_part("[Content_Types].xml", typed("application/vnd.ms-office.vbaProject", "/word/x.bin")), "宏"),
        (with_part("[Content_Types].xml", typed("application/vnd.ms-excel.macrosheet+xml", "/xl/a.xml")), "宏"),
        (with_part("word/_rels/settings.xml.rels", leading("attachedTemplate", "http://x.cn/a.dotm")), "从别处取得"),
        (with_part("word/_rels/document.xml.rels", leading("oleObject", "a.bin", "Internal")), "嵌入"),
        (with_part("word/embeddings/a.bin", OLD), "嵌入"),
        (with_part("word/media/a.png", packed("META-INF/MANIFEST.MF", "A.class")), "夹带"),
        (with_part("word/footnotes.xml", FIELD % ("DDE", 'AUTO c:\\\\x "/k calc"')), "从别处取得"),
        (packed(*WORD, "word/run.js"), "脚本或者程序"),
        (packed(*WORD, "../../etc/cron.d/x"), "脚本或者程序"),
        (packed(*WORD, content=b"0" * 30_000_000), "展开后过大"),
        (packed(*[f"word/{n}.xml" for n in range(packages.MOST_PARTS + 1)]), "展开后过大"),
        (DOCX + b"tail", "夹带"),
        (DOCX[:-30], "已损坏"),
        (b"PK\x03\x04" + b"\0" * 100, "已损坏"),
    ],
)
def test_a_package_with_something_in_it_is_refused(data, words):
    with pytest.raises(RuleBroken, match=words):
        inspect(data, "说明.docx")


def test_a_package_behind_a_password_is_refused():
    locked = bytearray(packed(*WORD, compression=zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = locked.find(mark)
        while start >= 0:
            locked[start + at] |= 1
            start = locked.find(mark, start + 4)
    with pytest.raises(RuleBroken, match="密码"):
        inspect(bytes(locked), "说明.docx")


def test_a_file_as_large_as_allowed_is_taken_and_one_byte_more_is_not():
    assert inspect(b"a" * 1_048_576, "a.txt", limit=1_048_576).media_type == "text/plain"
    with pytest.raises(RuleBroken, match="超过 1 MB"):
        inspect(b"a" * 1_048_577, "a.txt", limit=1_048_576)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("C:\\Users\\何\\证据.pdf", "证据.pdf"),
        ("../../etc/passwd", "passwd"),
        ("合同\u202efdp.exe", "合同fdp.exe"),
        ("a\0b\nc .pdf", "ab c .pdf"),
        ("", "未命名"),
        ("..", "未命名"),
        ("长" * 200 + ".pdf", "长" * 116 + ".pdf"),
        ("（一）证据〔2026〕.pdf", "（一）证据〔2026〕.pdf"),
    ],
)
def test_a_name_is_cleaned_for_showing(given_name, shown):
    assert display_name(given_name) == shown


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=300))
def test_a_shown_name_is_never_empty_long_or_misleading(name):
    shown = display_name(name)
    assert 1 <= len(shown) <= intake.LONGEST_NAME
    assert not set("/\\") & set(shown)
    assert all(unicodedata.category(char)[0] != "C" for char in shown)


@settings(deadline=None, max_examples=100)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n"]), st.text(max_size=20)
)
def test_whatever_arrives_is_taken_or_refused_and_nothing_else(data, start, name):
    with suppress(RuleBroken):
        assert inspect(start + data, name).media_type in intake.EXTENSIONS
