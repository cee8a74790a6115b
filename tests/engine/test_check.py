"""A process folder with anything wrong is not published, and every wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine import check, read_folder
from tests.engine.drawn import process, table

ROOT = Path(__file__).parents[2]
WIRING = check.Wiring(
    forms={"filing", "ask", "survey"},
    roles={"受理人员"},
    operations={"tell"},
    rules={"reply"},
    acts={"withdraw"},
    data_names={"n"},
)
NODES = "begun:start ask:user late:timer:reply@ask back:act:withdraw@ask tell:service:tell which:xor done:end gone:end"
FLOWS = "begun>ask ask>which which>ask[n > 0] which>done late>tell tell>gone back>gone"
GOOD = process(NODES, FLOWS)


def said(changed: bytes, **files: bytes) -> list[str]:
    return [str(p) for p in check.problems({"main.bpmn": changed, **files}, WIRING)]


def test_a_good_diagram_has_no_problem():
    assert said(GOOD) == []


@pytest.mark.parametrize("name", ["two-task", "loop"])
def test_the_diagrams_of_the_bench_are_drawn_sound_and_named(name):
    wiring = check.Wiring(
        {"bench_start", "bench_eight", "bench_three", "bench_again"}, {"受理人员"}, set(), set(), set(), {"again"}
    )
    assert check.problems(read_folder(ROOT / "bench/processes" / name), wiring) == []


WIRES = {
    "unknown form": (
        b'<spiffworkflow:property name="en" value="ask en"/>',
        b'<spiffworkflow:property name="en" value="ask en"/><spiffworkflow:property name="form" value="gone"/>',
        "ask：表单“gone”不存在",
    ),
    "unknown due": (
        b'<spiffworkflow:property name="en" value="ask en"/>',
        b'<spiffworkflow:property name="en" value="ask en"/><spiffworkflow:property name="due" value="gone"/>',
        "ask：期限规则“gone”不存在",
    ),
    "start form": (b'name="start_form" value="filing"', b'name="start_form" value="x"', "main：开始表单“x”不存在"),
    "lane": ('lane" name="受理人员"'.encode(), 'lane" name="受理员"'.encode(), "泳道（角色）“受理员”不存在"),
    "operation": (b'name="operation" value="tell"', b'name="operation" value="sell"', "tell：操作“sell”不存在"),
    "rule": (b'deadline("reply")', b'deadline("answer")', "late：期限规则“answer”不存在"),
    "act": (b'name="withdraw"', b'name="settle"', "back：事项“settle”不存在"),
    "declared act": (
        b'name="start_form"',
        b'name="acts" value="dance"/><spiffworkflow:property name="start_form"',
        "main：事项“dance”不存在",
    ),
    "english": (b'name="en" value="ask en"', b'name="eng" value="ask en"', "ask：没有英文名称"),
    "chinese english": (b'value="ask en"', 'value="办理"'.encode(), "ask：英文名称“办理”里有汉字"),
    "title": ('name="ask 名"'.encode(), b'name=""', "ask：没有名称"),
    "process title": ('<bpmn:process id="main" name="流程"'.encode(), b'<bpmn:process id="main"', "main：没有名称"),
    "data": (b"n &gt; 0", b"m &gt; 0", "which__ask：数据“m”不存在"),
    "default": (b' default="which__done"', b"", "which__done：既没有条件，也不是默认去向"),
    "wrong default": (b' default="which__done"', b' default="begun__ask"', "which：默认去向“begun__ask”不是它的出线"),
    "condition on a task": (
        b'targetRef="gone"></bpmn:sequenceFlow><bpmn:sequenceFlow id="back',
        b'targetRef="gone"><bpmn:conditionExpression>n == 1</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:sequenceFlow id="back',
        "tell__gone：条件只能写在",
    ),
    "condition": (b"n &gt; 0", b"n.x", "不允许的写法"),
    "script": (b"bpmn:serviceTask", b"bpmn:scriptTask", "不支持的元素 scriptTask"),
    "timer": (b'deadline("reply")', b"P15D", "不能写日期或天数"),
    "id": (b'id="tell"', b'id="ask"', "重复"),
    "xml": (b"</bpmn:definitions>", b"", "不是正确的 XML"),
}


@pytest.mark.parametrize("name", WIRES)
def test_a_wire_that_leads_nowhere_is_named(name):
    old, new, message = WIRES[name]
    assert old in GOOD
    found = said(GOOD.replace(old, new))
    assert any(message in f for f in found), found


PICTURE = {
    "node": (b'bpmnElement="ask"', b'bpmnElement="x"', "ask：没有画出来"),
    "lane": (b'bpmnElement="main_lane"', b'bpmnElement="x"', "main_lane：泳道没有画出来"),
    "pool": (b'bpmnElement="main_pool"', b'bpmnElement="x"', "main：没有画泳池"),
    "outside": (b'<dc:Bounds x="180" y="80"', b'<dc:Bounds x="180" y="980"', "ask：画在泳池外面"),
    "lane missed": (b'width="870" height="200"', b'width="60" height="200"', "ask：没有画在自己的泳道里"),
    "flow": (b'bpmnElement="begun__ask"', b'bpmnElement="x"', "begun__ask：连线没有画出来"),
    "flow begins": (
        b'bpmnElement="begun__ask"><di:waypoint x="100"',
        b'bpmnElement="begun__ask"><di:waypoint x="10"',
        "begun__ask：连线的起点",
    ),
    "flow ends": (
        b'<di:waypoint x="100" y="100"/><di:waypoint x="200"',
        b'<di:waypoint x="100" y="100"/><di:waypoint x="333"',
        "连线的终点",
    ),
    "no lane": (b"<bpmn:flowNodeRef>ask</bpmn:flowNodeRef>", b"", "ask：不在任何泳道里"),
    "two lanes": (
        b"<bpmn:flowNodeRef>ask</bpmn:flowNodeRef>",
        b"<bpmn:flowNodeRef>ask</bpmn:flowNodeRef><bpmn:flowNodeRef>ask</bpmn:flowNodeRef>",
        "ask：同时在几条泳道里",
    ),
    "ghost": (
        b"<bpmn:flowNodeRef>ask</bpmn:flowNodeRef>",
        b"<bpmn:flowNodeRef>ask</bpmn:flowNodeRef><bpmn:flowNodeRef>ghost</bpmn:flowNodeRef>",
        "ghost：泳道里的这个元素不存在",
    ),
}


@pytest.mark.parametrize("name", PICTURE)
def test_what_is_not_drawn_as_it_should_be_is_named(name):
    old, new, message = PICTURE[name]
    assert old in GOOD
    found = said(GOOD.replace(old, new))
    assert any(message in f for f in found), found


LOOSE = {
    "no way in": ("begun:start ask:user done:end", "begun>done ask>done", "ask：没有进入的连线"),
    "no way out": ("begun:start g:xor ask:user done:end", "begun>g g>done g>ask[n > 0]", "ask：没有离开的连线"),
    "two ways out of a step": (
        "begun:start ask:user done:end gone:end",
        "begun>ask ask>done ask>gone",
        "ask：有几条离开的连线",
    ),
    "two starts": (
        "begun:start two:start ask:user done:end",
        "begun>ask two>ask ask>done",
        "应当正好有一个开始事件，现有 2 个",
    ),
    "no end": ("begun:start ask:user", "begun>ask ask>ask", "main：没有结束事件"),
    "an end that goes on": (
        "begun:start ask:user done:end",
        "begun>ask ask>done done>ask",
        "done：结束事件不能有离开的连线",
    ),
    "into the start": ("begun:start ask:user done:end", "begun>ask ask>done ask>begun", "begun：不能有进入的连线"),
    "a flow to nothing": (
        "begun:start ask:user done:end",
        "begun>ask ask>done ask>gone",
        "ask__gone：连线的一端不在本流程里",
    ),
    "an event on a gateway": (
        "begun:start g:xor late:timer:reply@g done:end",
        "begun>g g>done late>done",
        "late：没有贴在任务上",
    ),
    "twin events": (
        "begun:start ask:user a:timer:reply@ask b:timer:reply@ask done:end",
        "begun>ask ask>done a>done b>done",
        "ask：有两个边界事件等待同一件事",
    ),
}


@pytest.mark.parametrize("name", LOOSE)
def test_a_loose_end_is_named(name):
    nodes, flows, message = LOOSE[name]
    found = said(process(nodes, flows))
    assert any(message in f for f in found), found


def test_an_unsound_diagram_is_named_with_the_way_to_the_flaw():
    found = said(
        process(
            "begun:start x:xor ask:user tell:service:tell j:and done:end",
            "begun>x x>ask[n > 0] x>tell ask>j tell>j j>done",
        )
    )
    assert found == [
        "main.bpmn · j：会一直等下去：只有来自“tell 名”的一路到达，其余的不会再来。路径：x 名 → tell 名",
        "main.bpmn · j：会一直等下去：只有来自“ask 名”的一路到达，其余的不会再来。路径：x 名 → ask 名",
    ]


def test_processes_that_call_each_other_in_a_ring_are_named():
    one = process("s:start c:call:two e:end", "s>c c>e", key="one")
    two = process("s2:start c2:call:one e2:end", "s2>c2 c2>e2", key="two")
    main = process("begun:start part:call:one done:end", "begun>part part>done")
    found = [str(p) for p in check.problems({"main.bpmn": main, "one.bpmn": one, "two.bpmn": two}, WIRING)]
    assert [f.split("：", 1)[1] for f in found] == ["流程直接或间接地调用自己"] * 2


def test_a_decision_table_reads_only_known_data_and_what_it_decides_is_known():
    nodes, flows = "begun:start r:rule:route x:xor ask:user done:end", "begun>r r>x x>ask[where == 'a'] x>done ask>done"
    assert said(process(nodes, flows), **{"r.dmn": table(["n"], ["where"], [["", '"a"']])}) == []
    assert said(process(nodes, flows), **{"r.dmn": table(["m"], ["where"], [["", '"a"']])}) == [
        "main.bpmn · r：数据“m”不存在"
    ]


def test_what_no_process_points_to_is_listed():
    used = {"main.bpmn": GOOD}
    wiring = check.Wiring(
        {"filing", "ask", "old_form"}, set(), {"tell", "old_op"}, set(), {"withdraw", "old_act"}, set()
    )
    assert check.unused([used], wiring) == ["old_act", "old_form", "old_op"]
    assert check.unused([used], WIRING) == ["survey"]


def test_the_inside_of_a_sub_process_is_checked_too():
    inside = {"part": ("in:start f:and p:user:ask q:user:ask out:end", "in>f f>p f>q p>out q>out")}
    assert said(process("begun:start part:sub done:end", "begun>part part>done", inside=inside)) == []
    inside = {"part": ("in:start p:user:gone out:end", "in>p p>out")}
    found = said(process("begun:start part:sub done:end", "begun>part part>done", inside=inside))
    assert found == ["main.bpmn · p：表单“gone”不存在"]
