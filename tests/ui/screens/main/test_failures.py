"""Why tasks failed: in the row, in the copy menu, and in one sentence for several."""

from seedance_tui.api.json_values import JSON
from seedance_tui.api.models import Task
from seedance_tui.core.explain.in_short import failures_in_sum, in_full
from seedance_tui.demo import Demo, DemoTask, Stage
from seedance_tui.demo.tasks import Failure
from tests.ui.conftest import DONE, FAIL, OPEN, Start

SENSITIVE = "The request failed because the output video may contain sensitive information."
REASONS = [
    (SENSITIVE, "sensitive content"),
    ("The service is overloaded, please retry later", "overloaded"),
    ("insufficient balance", "out of quota"),
    ("the moon was in the wrong house", "the moon was in"),
]


def failed(reason: str) -> Task:
    data: dict[str, JSON] = {"task_id": FAIL, "status": "FAILURE", "fail_reason": reason}
    task = Task.from_json({"code": "success", "data": data})
    assert task
    return task


async def test_the_row_of_a_failure_has_its_reason_and_no_bar(start: Start, demo: Demo) -> None:
    ids = [f"asyntask_failed{number:030}" for number in range(len(REASONS))]
    for task_id, (reason, _words) in zip(ids, REASONS, strict=True):
        demo.add(DemoTask(task_id, "it", (Stage(-9, "FAILURE"),), failure=Failure(reason, "", "")))
    async with start(size=(120, 40)) as monitor:
        for task_id, (_reason, words) in zip(ids, REASONS, strict=True):
            row = monitor.row(task_id)
            assert words[:9] in row
            assert "━" not in row, words
            assert "100%" not in row, words


async def test_f_in_the_copy_menu_copies_why_it_failed_and_of_several_the_sum(
    start: Start,
) -> None:
    async with start() as monitor:
        assert {DONE, OPEN} <= {entry.id for entry in monitor.list.entries}
        await monitor.press("Y", "f")
        assert not monitor.on_top, "the menu says that there is none"
        assert not monitor.copied
        await monitor.press("escape", "G", "Y", "f")
        await monitor.until(lambda: monitor.copied)
        task = monitor.entry(FAIL).task
        assert task
        assert monitor.copied[-1] == in_full(task)
        await monitor.press("ctrl+a", "Y", "f")
        await monitor.says("1 failed: ")
        assert monitor.copied[-1].startswith("1 failed: 1 ")


def test_reasons_are_summed_up_the_most_frequent_first() -> None:
    tasks = [failed(SENSITIVE)] * 3 + [failed("insufficient balance")] * 2 + [failed("???")]
    assert failures_in_sum(tasks) == "6 failed: 3 sensitive content, 2 out of quota, 1 unknown"
    assert failures_in_sum([]) == ""
