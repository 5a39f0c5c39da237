"""What the simulated gateway says about its tasks, and to whom."""

import httpx
import pytest

from seedance_tui.demo import SCENARIO, Demo, DemoTask, Failure, ManualClock, Stage
from seedance_tui.demo.faults import Answer
from seedance_tui.demo.scenario import CRANE, DANCE, LIGHTHOUSE, NEON, PAPER_BOAT, SUNRISE, TRAIN
from tests.demo.conftest import Api

SEED_FIELDS = {
    "task_id", "action", "status", "fail_reason", "submit_time", "start_time", "finish_time",
    "progress", "request_id", "data", "result_url",
}  # fmt: skip
UPSTREAM_FIELDS = {
    "content", "created_at", "draft", "duration", "framespersecond", "generate_audio", "id",
    "model", "ratio", "resolution", "seed", "service_tier", "status", "updated_at", "usage",
}  # fmt: skip


async def test_a_task_passes_through_its_states_as_the_clock_turns(
    api: Api, clock: ManualClock
) -> None:
    seen = []
    for _ in range(60):
        data = await api.data(LIGHTHOUSE.id)
        seen.append((data["status"], data["progress"]))
        clock.turn(1)
    assert list(dict.fromkeys(seen)) == [
        ("NOT_START", "0%"),
        ("QUEUED", "10%"),
        ("IN_PROGRESS", "10%"),
        ("IN_PROGRESS", "30%"),
        ("IN_PROGRESS", "50%"),
        ("SUCCESS", "100%"),
    ]


async def test_every_state_of_the_seed_is_shown_within_a_minute(
    api: Api, clock: ManualClock
) -> None:
    seen = set()
    for _ in range(7):
        seen |= {(await api.data(task.id))["status"] for task in SCENARIO}
        clock.turn(10)
    assert seen == {"NOT_START", "SUBMITTED", "QUEUED", "IN_PROGRESS", "SUCCESS", "FAILURE"}


async def test_something_changes_every_fifteen_seconds_however_long_the_demo_runs(
    api: Api, clock: ManualClock
) -> None:
    async def states() -> list[tuple[str, str]]:
        answers = [await api.data(task.id) for task in SCENARIO]
        return [(data["status"], data["progress"]) for data in answers]

    clock.turn(600)
    for _ in range(40):
        before = await states()
        clock.turn(15)
        assert await states() != before


async def test_what_has_ended_never_starts_over(api: Api, clock: ManualClock) -> None:
    clock.turn(60)
    ended = {"SUCCESS", "FAILURE"}
    over = [task.id for task in SCENARIO if (await api.data(task.id))["status"] in ended]
    assert len(over) == 7
    for _ in range(10):
        clock.turn(37)
        for task_id in over:
            assert (await api.data(task_id))["status"] in ended


async def test_a_task_that_starts_over_was_submitted_anew(api: Api, clock: ManualClock) -> None:
    assert NEON.cycle
    begin, end = NEON.cycle
    clock.turn(begin + 1)
    first = await api.data(NEON.id)
    clock.turn(end - begin)
    second = await api.data(NEON.id)
    assert second["submit_time"] - first["submit_time"] == end - begin
    assert (second["status"], second["progress"]) == (first["status"], first["progress"])


async def test_a_task_that_is_put_into_a_state_stays_in_it(
    api: Api, demo: Demo, clock: ManualClock
) -> None:
    clock.turn(300)
    demo.set(NEON.id, "SUCCESS")
    for _ in range(4):
        assert (await api.data(NEON.id))["status"] == "SUCCESS"
        clock.turn(40)


async def test_a_success_has_every_field_of_the_seed(api: Api) -> None:
    data = await api.data(SUNRISE.id)
    assert data.keys() >= SEED_FIELDS
    assert data["data"].keys() >= UPSTREAM_FIELDS
    assert data["submit_time"] < data["start_time"] < data["finish_time"]


async def test_upstream_says_little_while_the_task_waits_or_runs(
    api: Api, clock: ManualClock
) -> None:
    assert (await api.data(LIGHTHOUSE.id))["data"].keys() == {"id"}
    clock.turn(30)
    running = await api.data(LIGHTHOUSE.id)
    assert running["data"]["status"] == "running"
    assert not {"content", "usage", "ratio", "seed"} & running["data"].keys()
    assert "result_url" not in running
    assert running["finish_time"] == 0


async def test_a_super_resolved_task_has_two_links_with_their_own_deadlines(api: Api) -> None:
    data = await api.data(SUNRISE.id)
    result, original = httpx.URL(data["result_url"]), httpx.URL(data["original_result_url"])
    assert result.path != original.path
    assert result.params["X-Tos-Date"] > original.params["X-Tos-Date"]
    assert data["data"]["content"]["video_url"] == str(original)
    assert data["data"]["super_resolution"] == "2k"
    assert data["data"]["usage"]["super_resolution_tokens"] == 968_000


async def test_a_failure_has_a_general_reason_and_the_cause_inside(
    api: Api, clock: ManualClock
) -> None:
    clock.turn(36)
    data = await api.data(DANCE.id)
    assert (data["status"], data["fail_reason"]) == ("FAILURE", "task failed")
    assert data["data"]["error"]["code"] == DANCE.failure.code
    assert "result_url" not in data


@pytest.mark.parametrize(("task", "left"), [(PAPER_BOAT, 560), (CRANE, -86_404)])
async def test_links_die_when_the_scenario_says(
    api: Api, clock: ManualClock, task: DemoTask, left: int
) -> None:
    link = httpx.URL((await api.data(task.id))["result_url"])
    assert link.params["X-Tos-Expires"] == "86400"
    finished = (await api.data(task.id))["finish_time"]
    assert finished - 4 + 86_400 - clock() == pytest.approx(left, abs=1)


async def test_asking_again_does_not_renew_a_link(api: Api, clock: ManualClock) -> None:
    before = await api.data(CRANE.id)
    clock.turn(600)
    assert await api.data(CRANE.id) == before


async def test_the_scenario_has_real_looking_ids_and_no_two_alike() -> None:
    assert all(task.id.startswith("asyntask_") and len(task.id) == 41 for task in SCENARIO)
    assert len({task.id for task in SCENARIO}) == len(SCENARIO)
    assert "抚仙湖日出 第二版" in {task.label for task in SCENARIO}


async def test_a_wrong_key_is_refused(demo: Demo, web: httpx.AsyncClient) -> None:
    url = f"{demo.url}/v1/video/generations/{SUNRISE.id}"
    for headers in ({}, {"Authorization": "Bearer other"}):
        answer = await web.get(url, headers=headers)
        assert answer.status_code == 401
        trace = answer.headers["X-Oneapi-Request-Id"]
        assert answer.json()["error"]["message"] == f"无效的令牌 (request id: {trace})"


async def test_a_key_can_stop_working(demo: Demo, api: Api) -> None:
    demo.gateway.accept_key("another")
    assert (await api.query(SUNRISE.id)).status_code == 401
    demo.gateway.accept_key(demo.key)
    assert (await api.query(SUNRISE.id)).status_code == 200


async def test_an_unknown_task_is_a_400(api: Api) -> None:
    answer = await api.query("asyntask_nobody")
    assert answer.status_code == 400
    assert answer.json() == {"code": "task_not_exist", "message": "task_not_exist", "data": None}


@pytest.mark.parametrize("path", ["/", "/v1/video/generation/x", "/v1/video/generations/a/b"])
async def test_an_unknown_path_is_a_404(demo: Demo, web: httpx.AsyncClient, path: str) -> None:
    answer = await web.get(demo.url + path)
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == f"Invalid URL (GET {path})"


async def test_an_id_is_decoded_as_one_part_of_the_path(demo: Demo, api: Api) -> None:
    demo.add(DemoTask("a/b 中?"))
    assert (await api.data("a%2Fb%20%E4%B8%AD%3F"))["task_id"] == "a/b 中?"


async def test_the_base_url_may_have_a_path(clock: ManualClock, web: httpx.AsyncClient) -> None:
    async with Demo(clock=clock, prefix="/api") as demo:
        headers = {"Authorization": f"Bearer {demo.key}"}
        query = f"/v1/video/generations/{SUNRISE.id}"
        assert (await web.get(demo.url + query, headers=headers)).status_code == 200
        origin = demo.gateway.server.url
        assert (await web.get(origin + query, headers=headers)).status_code == 404


async def test_a_test_sets_a_state_by_hand(demo: Demo, api: Api, clock: ManualClock) -> None:
    demo.add(DemoTask("task_1"))
    clock.turn(10)
    demo.set("task_1", "IN_PROGRESS", progress="30%")
    clock.turn(10)
    assert (await api.data("task_1"))["progress"] == "30%"
    demo.set("task_1", "SUCCESS")
    data = await api.data("task_1")
    assert data["start_time"] - data["submit_time"] == 10
    assert data["finish_time"] - data["submit_time"] == 20


async def test_a_test_sets_why_a_task_failed(demo: Demo, api: Api) -> None:
    demo.add(DemoTask("task_1"))
    demo.set("task_1", "FAILURE", failure=Failure("no", "Code", "message"))
    data = await api.data("task_1")
    assert data["fail_reason"] == "no"
    assert data["data"]["error"] == {"code": "Code", "message": "message"}


async def test_an_unknown_word_is_passed_on(demo: Demo, api: Api) -> None:
    demo.add(DemoTask("task_1", steps=(Stage(0, "PARTIALLY_DONE", "∞"),)))
    data = await api.data("task_1")
    assert (data["status"], data["progress"]) == ("PARTIALLY_DONE", "∞")


async def test_any_raw_answer_stands_until_it_is_cleared(demo: Demo, api: Api) -> None:
    demo.gateway.answer(SUNRISE.id, Answer(503, {"Retry-After": "7"}, b"\xff\x00"))
    for _ in range(2):
        answer = await api.query(SUNRISE.id)
        assert (answer.status_code, answer.content) == (503, b"\xff\x00")
        assert answer.headers["Retry-After"] == "7"
    demo.gateway.faults.clear(SUNRISE.id)
    assert (await api.query(SUNRISE.id)).status_code == 200


async def test_the_gateways_own_link_needs_the_key_and_ignores_ranges(
    demo: Demo, api: Api, web: httpx.AsyncClient
) -> None:
    demo.add(DemoTask("task_1", steps=(Stage(0, "SUCCESS"),), proxied=True))
    link = (await api.data("task_1"))["result_url"]
    assert link == f"{demo.url}/v1/videos/task_1/content"
    assert (await web.get(link)).status_code == 401
    answer = await web.get(link, headers=api.headers | {"Range": "bytes=0-0"})
    assert answer.status_code == 200
    assert answer.content[4:8] == b"ftyp"


async def test_the_gateways_own_link_waits_for_the_video(
    demo: Demo, api: Api, web: httpx.AsyncClient
) -> None:
    unfinished = f"{demo.url}/v1/videos/{TRAIN.id}/content"
    assert (await web.get(unfinished, headers=api.headers)).status_code == 400
    unknown = f"{demo.url}/v1/videos/nobody/content"
    assert (await web.get(unknown, headers=api.headers)).status_code == 404


async def test_requests_are_kept_and_dated_by_the_clock(
    demo: Demo, api: Api, clock: ManualClock
) -> None:
    answer = await api.query(SUNRISE.id)
    assert answer.headers["Date"] == "Tue, 21 Jul 2026 02:13:20 GMT"
    request = demo.gateway.requests[-1]
    assert (request.method, request.time) == ("GET", clock())
    assert request.target == f"/v1/video/generations/{SUNRISE.id}"
    assert request.headers["authorization"] == "Bearer demo-key"


async def test_json_is_written_as_go_writes_it(api: Api) -> None:
    body = (await api.query(SUNRISE.id)).text
    assert "&" not in body
    assert "\\u0026X-Tos-Date=" in body


def test_a_manual_clock_stands_still_until_it_is_turned() -> None:
    clock = ManualClock(5)
    assert (clock(), clock()) == (5, 5)
    clock.turn(2)
    assert clock() == 7
