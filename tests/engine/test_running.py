"""A case moves through its diagram as drawn, or not at all."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from app import engine
from tests.engine.drawn import Walk, nothing, process, table, version

TWO = ("begun:start first:user second:user done:end", "begun>first first>second second>done")
CHOICE = (
    "begun:start ask:user which:xor yes:user done:end",
    "begun>ask ask>which which>yes[answer == 'yes'] which>done yes>done",
)
LOOP = ("begun:start ask:user which:xor done:end", "begun>ask ask>which which>ask[again == True] which>done")
LATE = ("begun:start ask:user late:timer:reply@ask done:end gone:end", "begun>ask ask>done late>gone")
LISTENS = (
    "begun:start fork:and ask:user listen:act:withdraw done:stop gone:stop",
    "begun>fork fork>ask fork>listen ask>done listen>gone",
)
ALL = ("begun:start fork:and a:user b:user join:and done:end", "begun>fork fork>a fork>b a>join b>join join>done")
SOME = (
    "begun:start fork:or a:user b:user join:or done:end",
    "begun>fork fork>a[x > 0] fork>b[x < 10] a>join b>join join>done",
)


def test_a_case_goes_from_step_to_step_and_ends():
    walk = Walk(version(*TWO))
    assert walk.ready == ["first"]
    assert walk.does("first").ready == ["second"]
    walk.does("second")
    assert (walk.position.ended, walk.position.outcome, walk.ready, walk.waits) == (True, "done", [], [])


def test_a_step_says_its_title_its_lane_its_form_and_what_else_the_analyst_wrote():
    files = {"main.bpmn": process("begun:start first:user:survey done:end", "begun>first first>done")}
    files["main.bpmn"] = files["main.bpmn"].replace(
        b'<spiffworkflow:property name="form" value="survey"/>',
        b'<spiffworkflow:property name="form" value="survey"/><spiffworkflow:property name="due" value="reply"/>',
    )
    compiled = engine.version(engine.digest(files), lambda: files)
    (step,) = engine.start(compiled, {}, nothing).ready
    assert (step.key, step.title, step.title_en) == ("first", "first 名", "first en")
    assert (step.lane, step.form, step.properties) == ("受理人员", "survey", {"due": "reply"})


def test_a_manual_task_waits_for_a_person_too():
    walk = Walk(version("begun:start post:manual done:end", "begun>post post>done"))
    assert walk.ready == ["post"]
    assert walk.does("post").position.ended


def test_the_answers_choose_the_way():
    assert Walk(version(*CHOICE)).does("ask", answer="yes").ready == ["yes"]
    assert Walk(version(*CHOICE)).does("ask", answer="no").position.outcome == "done"


@pytest.mark.parametrize("answers", [{}, {"answer": None}, {"answer": ""}])
def test_a_gateway_that_reads_an_empty_field_fails_in_words_and_the_position_still_holds(answers):
    walk = Walk(version(*CHOICE))
    before = walk.position
    with pytest.raises(engine.StepFailed, match="“which 名”无法判断：“answer”还没有填写") as failed:
        walk.does("ask", **answers)
    assert failed.value.element == "which"
    assert walk.position is before
    assert walk.does("ask", answer="yes").ready == ["yes"]


def test_a_condition_must_come_to_yes_or_no():
    compiled = version("begun:start which:xor a:user done:end", "begun>which which>a[n + 1] which>done a>done")
    with pytest.raises(engine.StepFailed, match="不是“是”或“否”"):
        Walk(compiled, n=1)


def test_a_gateway_without_a_true_condition_and_without_a_default_fails():
    files = {
        "main.bpmn": process(*CHOICE)
        .replace(b' default="which__done"', b"")
        .replace(b">answer == 'yes'<", b">answer == 'no'<")
    }
    files["main.bpmn"] = files["main.bpmn"].replace(
        b'targetRef="done"></bpmn:sequenceFlow><bpmn:sequenceFlow id="yes__done"',
        b"targetRef=\"done\"><bpmn:conditionExpression>answer == 'x'</bpmn:conditionExpression></bpmn:sequenceFlow>"
        b'<bpmn:sequenceFlow id="yes__done"',
    )
    walk = Walk(engine.version(engine.digest(files), lambda: files))
    with pytest.raises(engine.StepFailed, match="没有一个条件成立"):
        walk.does("ask", answer="yes")


def test_a_step_cannot_be_done_twice():
    walk = Walk(version(*TWO))
    first = walk.position.ready[0].id
    walk.does("first")
    with pytest.raises(engine.NothingWaits):
        engine.complete(walk.version, walk.position.saved, first, {}, nothing)


def test_only_steps_of_people_can_be_completed():
    walk = Walk(version(*LISTENS))
    listening = next(t["id"] for t in json.loads(walk.position.saved)["tokens"] if t["at"] == "listen")
    with pytest.raises(engine.NothingWaits):
        engine.complete(walk.version, walk.position.saved, listening, {}, nothing)


@pytest.mark.parametrize("value", [Decimal(1), date(2026, 3, 2), 1.5, ["a"], {"a": 1}, b"a"])
def test_anything_but_plain_facts_is_refused_by_name(value):
    with pytest.raises(engine.DataRefused, match="“amount”") as refused:
        Walk(version(*TWO)).does("first", amount=value)
    assert refused.value.key == "amount"


def test_the_facts_of_a_case_are_kept_and_seen_by_every_strand():
    walk = Walk(version(*ALL), n=1).does("a", word="字", day="2026-03-02", yes=True, none=None)
    assert walk.position.data == {"n": 1, "word": "字", "day": "2026-03-02", "yes": True, "none": None}
    assert walk.does("b", n=2).position.data["n"] == 2


# -- operations --------------------------------------------------------------------------------------------------------


def test_an_operation_is_called_by_its_name_with_the_facts_and_adds_to_them():
    calls = []

    def operate(name, data):
        calls.append((name, dict(data)))
        return {"found": True}

    walk = Walk(version("begun:start look:service:look_up done:end", "begun>look look>done"), operate, n=1)
    assert calls == [("look_up", {"n": 1})]
    assert walk.position.data == {"n": 1, "found": True}


def test_an_operation_that_raises_fails_the_step_and_says_where():
    def operate(_name, _data):
        raise OSError("disk full")

    walk = Walk(version("begun:start ask:user look:service:look_up done:end", "begun>ask ask>look look>done"), operate)
    with pytest.raises(engine.StepFailed, match="“look 名”没有办成：disk full") as failed:
        walk.does("ask")
    assert failed.value.element == "look"
    assert isinstance(failed.value.cause, OSError)
    assert walk.ready == ["ask"]


def test_an_operation_may_only_add_plain_facts():
    with pytest.raises(engine.DataRefused, match="“amount”"):
        Walk(
            version("begun:start look:service:x done:end", "begun>look look>done"),
            lambda _n, _d: {"amount": Decimal(1)},
        )


# -- deadlines and acts ------------------------------------------------------------------------------------------------


def test_a_timer_beside_a_step_waits_for_its_rule_and_takes_the_step_away():
    walk = Walk(version(*LATE))
    assert walk.position.waits == (engine.Wait("late", "timer", "reply", "ask"),)
    assert walk.lapses("reply").position.outcome == "gone"


def test_a_timer_ends_with_its_step():
    walk = Walk(version(*TWO[:1], "begun>first first>second second>done"))
    assert walk.waits == []
    late = Walk(version(*LATE)).does("ask")
    with pytest.raises(engine.NothingWaits, match="“reply”"):
        late.lapses("reply")


def test_only_the_named_rule_lapses():
    nodes = (
        "begun:start ask:user soon:timer:soon@ask~ late:timer:late@ask tell:service:remind done:end gone:end told:end"
    )
    walk = Walk(version(nodes, "begun>ask ask>done soon>tell tell>told late>gone"))
    assert walk.lapses("soon").ready == ["ask"]
    assert walk.waits == ["late"]
    assert walk.lapses("late").position.outcome == "gone"


def test_a_timer_that_comes_to_wait_for_the_rule_in_the_same_call_waits_for_the_next_time():
    nodes = "begun:start one:timer:again two:timer:again done:end"
    walk = Walk(version(nodes, "begun>one one>two two>done"))
    assert walk.lapses("again").waits == ["two"]
    assert walk.lapses("again").position.ended


def test_every_timer_that_waits_for_the_rule_goes_on():
    nodes = "begun:start fork:and a:timer:x b:timer:x join:and done:end"
    assert Walk(version(nodes, "begun>fork fork>a fork>b a>join b>join join>done")).lapses("x").position.ended


def test_an_act_is_caught_beside_the_main_line_and_a_terminate_end_takes_everything_away():
    walk = Walk(version(*LISTENS))
    assert walk.position.waits == (engine.Wait("listen", "act", "withdraw", None),)
    walk.acts("withdraw", reason="settled")
    assert (walk.position.ended, walk.position.outcome, walk.ready, walk.waits) == (True, "gone", [], [])
    assert walk.position.data == {"reason": "settled"}


def test_the_main_line_that_terminates_takes_the_listener_away():
    walk = Walk(version(*LISTENS)).does("ask")
    assert (walk.position.ended, walk.position.outcome, walk.waits) == (True, "done", [])


def test_an_act_that_nothing_waits_for_is_refused():
    with pytest.raises(engine.NothingWaits, match="“settle”"):
        Walk(version(*LISTENS)).acts("settle")


def test_an_act_caught_beside_a_step_without_interrupting_leaves_the_step():
    nodes = "begun:start ask:user note:act:note@ask~ read:user done:end noted:end"
    walk = Walk(version(nodes, "begun>ask ask>done note>read read>noted"))
    assert walk.acts("note").ready == ["ask", "read"]
    assert walk.waits == []  # a boundary event happens once for each time its step is entered
    assert not walk.does("ask").position.ended
    assert walk.does("read").position.ended


# -- strands -----------------------------------------------------------------------------------------------------------


def test_a_parallel_join_waits_for_every_strand_across_saves():
    walk = Walk(version(*ALL))
    assert walk.ready == ["a", "b"]
    assert walk.does("b").ready == ["a"]
    assert walk.does("a").position.ended


def test_a_parallel_block_in_a_loop_joins_on_every_turn():
    nodes = "begun:start again:xor fork:and a:user b:user join:and which:xor done:end"
    flows = "begun>again again>fork fork>a fork>b a>join b>join join>which which>again[again == True] which>done"
    walk = Walk(version(nodes, flows))
    for _turn in range(5):
        walk.does("a", again=True)
        assert walk.ready == ["b"]
        walk.does("b")
        assert walk.ready == ["a", "b"]
    assert walk.does("b", again=False).does("a").position.ended


def test_strands_that_end_in_the_same_call_end_the_case():
    nodes = "begun:start fork:and a:service:a b:service:b one:end two:end"
    assert Walk(version(nodes, "begun>fork fork>a fork>b a>one b>two")).position.ended


@pytest.mark.parametrize(("x", "ready"), [(5, ["a", "b"]), (0, ["b"]), (10, ["a"])])
def test_an_inclusive_gateway_opens_the_ways_that_hold_and_joins_what_was_opened(x, ready):
    walk = Walk(version(*SOME), x=x)
    assert walk.ready == ready
    for key in ready:
        assert not walk.position.ended
        walk.does(key)
    assert walk.position.ended


def test_an_inclusive_join_goes_on_when_the_other_strand_turns_away():
    nodes = "begun:start fork:or a:user b:user which:xor join:or after:user done:end away:end"
    flows = "begun>fork fork>a[x > 0] fork>b[x > 0] a>join b>which which>join[back == True] which>away join>after after>done"
    walk = Walk(version(nodes, flows), x=1).does("a")
    assert walk.ready == ["b"]
    assert walk.does("b", back=False).ready == ["after"]


def test_a_step_cancelled_by_another_in_the_same_call_is_not_taken():
    called = []
    nodes = "begun:start wait:act:go fork:and stop:stop late:service:late done:end"
    walk = Walk(
        version(nodes, "begun>wait wait>fork fork>stop fork>late late>done"), lambda n, _d: called.append(n) or {}
    )
    assert walk.acts("go").position.outcome == "stop"
    assert called == []


# -- calls -------------------------------------------------------------------------------------------------------------

SUB = (
    "begun:start part:sub late:timer:reply@part after:user done:end gone:stop",
    "begun>part part>after after>done late>gone",
)
INSIDE = {"part": ("in:start x:and p:user q:user y:and out:end", "in>x x>p x>q p>y q>y y>out")}


def test_a_sub_process_is_entered_saved_and_left():
    walk = Walk(version(*SUB, inside=INSIDE), n=1)
    assert walk.ready == ["p", "q"]
    assert walk.does("q", n=2).ready == ["p"]
    assert walk.does("p").ready == ["after"]
    assert walk.position.data == {"n": 2}
    assert walk.position.outcome is None
    assert walk.does("after").position.outcome == "done"


def test_a_deadline_on_a_sub_process_takes_all_of_it_away():
    walk = Walk(version(*SUB, inside=INSIDE)).does("q")
    assert walk.waits == ["late"]
    assert walk.lapses("reply").position.outcome == "gone"


def test_a_process_calls_another_of_its_folder():
    called = process("in:start p:user why:xor r:stop out:end", "in>p p>why why>r[n == 0] why>out", key="helper")
    main = ("begun:start part:call:helper after:user done:end", "begun>part part>after after>done")
    walk = Walk(version(*main, helper_bpmn=called))
    assert walk.version.key == "main"
    assert walk.ready == ["p"]
    assert walk.does("p", n=0).ready == ["after"]
    assert Walk(version(*main, helper_bpmn=called)).does("p", n=1).ready == ["after"]


# -- turns -------------------------------------------------------------------------------------------------------------


def test_a_step_may_be_done_a_hundred_times_and_not_once_more():
    walk = Walk(version(*LOOP))
    for _turn in range(99):
        walk.does("ask", again=True)
    with pytest.raises(engine.TooManyTurns, match="“ask 名”已经办理 100 次") as refused:
        walk.does("ask", again=True)
    assert refused.value.key == "ask"
    assert walk.does("ask", again=False).position.ended


def test_a_loop_without_a_person_in_it_is_stopped_too():
    compiled = version(
        "begun:start turn:service:x which:xor done:end", "begun>turn turn>which which>turn[more == True] which>done"
    )
    with pytest.raises(engine.TooManyTurns):
        Walk(compiled, more=True)


# -- decision tables ---------------------------------------------------------------------------------------------------


def test_a_decision_table_adds_its_outputs_to_the_facts():
    dmn = table(["kind"], ["where", "ours"], [['"a"', '"here"', "true"], ["", '"there"', "false"]])
    compiled = version("begun:start route:rule:route done:end", "begun>route route>done", route_dmn=dmn)
    assert Walk(compiled, kind="a").position.data == {"kind": "a", "where": "here", "ours": True}
    assert Walk(compiled, kind="b").position.data["ours"] is False


def test_a_table_without_an_answer_or_with_an_empty_input_fails_the_step():
    dmn = table(["kind"], ["where"], [['"a"', '"here"']])
    compiled = version("begun:start route:rule:route done:end", "begun>route route>done", route_dmn=dmn)
    with pytest.raises(engine.StepFailed, match="没有一行符合"):
        Walk(compiled, kind="z")
    with pytest.raises(engine.StepFailed, match="“route 名”没有办成：“kind”还没有填写"):
        Walk(compiled)
