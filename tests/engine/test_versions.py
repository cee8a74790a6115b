"""A process version is the content of its folder, compiled once."""

from __future__ import annotations

import pytest

from app import engine
from app.engine import versions
from tests.engine.drawn import Walk, process, version

LINE = ("begun:start ask:user done:end", "begun>ask ask>done")


def test_a_folder_is_read_by_name_and_only_diagrams_and_tables(tmp_path):
    for name in ("b.dmn", "a.bpmn", "README.md", "a.bpmn.bak"):
        (tmp_path / name).write_text(name)
    assert list(engine.read_folder(tmp_path)) == ["a.bpmn", "b.dmn"]


def test_the_digest_changes_with_names_and_contents_and_not_with_their_order():
    files = {"a": b"1", "b": b"2"}
    assert engine.digest(files) == engine.digest(dict(reversed(files.items())))
    others = [{"a": b"1", "c": b"2"}, {"a": b"1", "b": b"3"}, {"a": b"1b", "": b"2"}, {"a": b"12", "b": b""}]
    assert len({engine.digest(f) for f in [files, *others]}) == 5


def test_a_version_is_loaded_and_compiled_once():
    files, loads = {"main.bpmn": process(*LINE, once="once")}, []

    def load():
        loads.append(1)
        return files

    key = engine.digest(files)
    assert engine.version(key, load) is engine.version(key, load)
    assert loads == [1]


def test_the_version_unused_for_longest_leaves_first(monkeypatch):
    monkeypatch.setattr(versions, "MOST_VERSIONS", 2)
    kept = versions._Versions()
    files = [{"main.bpmn": process(*LINE, n=str(n))} for n in range(3)]
    keys = [engine.digest(f) for f in files]
    first = kept.get(keys[0], lambda: files[0])
    kept.get(keys[1], lambda: files[1])
    assert kept.get(keys[0], dict) is first
    kept.get(keys[2], lambda: files[2])
    assert kept.get(keys[0], dict) is first
    assert kept.get(keys[1], lambda: files[1]) is kept.get(keys[1], dict)


def test_a_version_says_what_it_is():
    files = {"main.bpmn": process(*LINE, acts="hand_over note")}
    found = engine.version(engine.digest(files), lambda: files)
    assert (found.key, found.name, found.name_en, found.start_form) == ("main", "流程", "Main", "filing")
    assert found.acts == ("hand_over", "note")
    assert [(p.key, p.calls) for p in found.parts] == [("main", frozenset())]
    assert found.parts[0].diagram == files["main.bpmn"].decode()
    assert found.nodes["ask"] == engine.Node("ask", "userTask", "ask 名", "ask en", "受理人员", {"en": "ask en"}, None)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"main.bpmn": b"<a"}, "不是正确的 XML"),
        ({}, "正好有一个"),
        ({"a.bpmn": process(*LINE, key="a"), "b.bpmn": process(*LINE, key="b").replace(b'"ask', b'"b_ask')}, "重复"),
        ({"main.bpmn": process("begun:start ask:script done:end", "begun>ask ask>done")}, "不支持的元素 scriptTask"),
        ({"main.bpmn": process("begun:start ask:call:x done:end", "begun>ask ask>done")}, "调用的流程“x”不在文件夹里"),
        ({"main.bpmn": process("begun:start ask:rule:x done:end", "begun>ask ask>done")}, "决策表“x”不在文件夹里"),
        (
            {"main.bpmn": process("begun:start g:xor ask:user done:end", "begun>g g>ask[a.b] g>done ask>done")},
            "不允许的写法",
        ),
    ],
)
def test_what_cannot_be_run_is_refused(files, message):
    with pytest.raises(engine.DiagramRefused, match=message):
        versions.compile_version("key", files)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'deadline("reply")', b"PT5M", "不能写日期或天数"),
        (
            b'<bpmn:timeDuration>deadline("reply")</bpmn:timeDuration>',
            b"<bpmn:timeCycle>R/PT5M</bpmn:timeCycle>",
            "不能写日期",
        ),
        (
            b"<bpmn:timerEventDefinition",
            b'<bpmn:messageEventDefinition id="m"/><bpmn:timerEventDefinition',
            "这种事件不支持",
        ),
        (b"timerEventDefinition", b"errorEventDefinition", "这种事件不支持"),
        (b"</bpmn:userTask>", b"<bpmn:multiInstanceLoopCharacteristics/></bpmn:userTask>", "循环标记"),
    ],
)
def test_events_and_marks_that_the_clock_or_the_engine_cannot_keep_are_refused(old, new, message):
    drawn = process("begun:start ask:user late:timer:reply@ask done:end gone:end", "begun>ask ask>done late>gone")
    assert old in drawn
    with pytest.raises(engine.DiagramRefused, match=message):
        versions.compile_version("key", {"main.bpmn": drawn.replace(old, new)})


def test_an_xml_entity_is_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    drawn = process(*LINE).replace(b'name="ask ', b'name="&x; ')
    bomb = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]>'.encode() + drawn
    with pytest.raises(engine.DiagramRefused):
        versions.compile_version("key", {"main.bpmn": bomb})


# -- the diagram as text -----------------------------------------------------------------------------------------------


def test_the_outline_tells_the_steps_in_reading_order_and_where_each_leads():
    compiled = version(
        "done:end begun:start ask:user late:timer:reply@ask which:xor yes:user gone:end",
        "begun>ask ask>which which>yes[a == 1] which>done yes>done late>gone",
    )
    steps = engine.outline(compiled)
    assert [s.id for s in steps] == ["begun", "ask", "late", "gone", "which", "yes", "done"]
    assert {s.state for s in steps} == {"ahead"}
    assert steps[1].leads_to == (("", "which"), ("late 名", "late"))
    assert (steps[1].name, steps[1].name_en, steps[1].lane, steps[1].kind) == (
        "ask 名",
        "ask en",
        "受理人员",
        "userTask",
    )


def test_the_outline_shows_what_is_done_what_is_now_and_what_is_ahead():
    walk = Walk(
        version("begun:start ask:user more:user listen:act:go done:end", "begun>ask ask>more more>listen listen>done")
    )
    states = {s.id: s.state for s in engine.outline(walk.version, walk.does("ask").position)}
    assert states == {"begun": "done", "ask": "done", "more": "now", "listen": "ahead", "done": "ahead"}
    assert {s.id: s.state for s in engine.outline(walk.version, walk.does("more").position)}["listen"] == "now"
    assert {s.state for s in engine.outline(walk.version, walk.acts("go").position)} == {"done"}


def test_the_outline_names_the_way_taken_where_it_is_certain():
    drawn = version(
        "begun:start ask:user which:xor yes:user no:user done:end",
        "begun>ask ask>which which>yes[a == 1] which>no yes>ask no>done",
    )
    walk = Walk(drawn)
    took = lambda: {s.id: s.took for s in engine.outline(drawn, walk.position)}["which"]  # noqa: E731
    assert took() is None
    walk.does("ask", a=1)
    assert took() == ("", "yes")
    walk.does("yes")
    walk.does("ask", a=2)
    assert took() is None


def test_the_outline_goes_into_called_scopes():
    compiled = version(
        "begun:start part:sub done:end",
        "begun>part part>done",
        inside={"part": ("in:start p:user out:end", "in>p p>out")},
    )
    assert [s.id for s in engine.outline(compiled)] == ["begun", "part", "done", "in", "p", "out"]
    assert {s.lane for s in engine.outline(compiled)} == {"受理人员"}
