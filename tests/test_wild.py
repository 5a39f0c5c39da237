"""Whatever was captured in the wild is played by the demo under its name, and tested."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from seedance_tui.demo import running_demo
from seedance_tui.demo.play import SCENARIOS, cast, play
from seedance_tui.demo.simulation import Demo
from tests.nodes import is_there

WILD = Path(__file__).parent / "wild"
SCENES = json.loads((WILD / "scenarios.json").read_text("utf-8"))
ANSWERS = sorted(WILD.glob("*/*.json"))
LINKS, STATES = "commands/test_wild_links.py", "commands/test_wild_states.py"
INPUTS, SESSION = "commands/test_wild_inputs.py", "core/test_states_of_a_session.py"
SESSION_LINKS, REDIRECTS = "core/downloads/test_links_of_a_session.py", "test_redirects.py"
SAVED = f"{LINKS}::test_a_scenario_ends_with_the_video_saved_and_the_key_kept"
TESTED: Mapping[str, tuple[str, ...]] = {
    "content route redirects": (SAVED,),
    "link redirects twice": (
        SAVED,
        f"{LINKS}::test_a_loop_ends_after_five_hops_as_refused_and_not_as_expired",
        f"api/transfer/{REDIRECTS}::test_a_download_that_was_cut_starts_at_the_link_again",
    ),
    "signed link on the API's own host": (SAVED,),
    "first link is nobody's": (
        SAVED,
        f"{LINKS}::test_the_content_route_is_asked_with_the_key_and_then_as_it_is_written",
        f"{SESSION_LINKS}::test_the_entry_says_which_link_its_video_came_from",
    ),
    "guessed deadline, living link": (
        SAVED,
        f"{LINKS}::test_a_guess_that_has_passed_is_said_to_be_one_and_never_expired",
        f"{SESSION_LINKS}::test_a_person_always_asks_the_store",
    ),
    "one hour links": (
        f"{LINKS}::test_each_stores_link_of_an_hour_is_read_by_its_signature",
        f"{SESSION_LINKS}::test_auto_save_takes_a_link_of_one_hour_at_once",
    ),
    "a single 401": (
        f"{STATES}::test_a_refusal_amid_good_answers_ends_nothing",
        f"{SESSION}::test_a_single_401_ends_nothing_and_every_video_is_saved",
    ),
    "403 page first": (
        f"{STATES}::test_a_page_is_weather",
        f"{SESSION}::test_a_page_first_is_told_and_asked_again_by_itself",
    ),
    "done before its link": (
        f"{STATES}::test_a_task_is_saved_though_its_link_comes_late",
        f"{SESSION}::test_what_is_done_is_saved_when_its_link_comes",
    ),
    "rate limit": (
        "core/polling/test_limit_over_sockets.py::test_sixty_tasks_share_five_requests_a_second",
    ),
    "NO_PROXY": (f"{INPUTS}::test_each_form_of_no_proxy_works_and_what_means_nothing_is_told",),
    "base URL": (f"{INPUTS}::test_each_form_of_the_base_url_works",),
    "key as pasted": (f"{INPUTS}::test_each_form_of_the_key_works_and_none_is_shown",),
    "XML errors of stores": (
        f"{LINKS}::test_four_xml_errors_are_four_sentences_and_only_one_is_expired",
    ),
    "ID broken by a wrapped line": (
        f"{INPUTS}::test_an_id_broken_by_a_wrapped_line_is_joined_or_named",
        "core/watchlist/test_find_ids.py::test_an_id_broken_by_wrapped_lines_is_joined",
    ),
}


def test_each_scenario_of_the_wild_has_its_tests() -> None:
    assert {scene["name"] for scene in SCENES} == TESTED.keys()
    named = [node for nodes in TESTED.values() for node in nodes]
    assert [node for node in named if not is_there(node)] == []


def test_each_captured_answer_is_named_in_a_test_of_its_kind() -> None:
    sources = {kind: (WILD.parent / file).read_text("utf-8") for kind, file in _FILES.items()}
    assert [p for p in ANSWERS if f'"{p.stem}"' not in sources[p.parent.name]] == []


_FILES = {"links": LINKS, "states": STATES}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_demo_plays_each_scenario_by_its_name(name: str) -> None:
    demo = Demo(scenario=cast(name))
    with running_demo(demo):
        given = play(demo, name)
        assert all(isinstance(text, str) and text for text in given)


def test_the_names_of_the_wild_are_names_of_the_demo() -> None:
    assert {scene["name"] for scene in SCENES} <= SCENARIOS.keys()


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_the_demo_plays_each_captured_answer_by_its_file(path: Path) -> None:
    demo = Demo(scenario=())
    with running_demo(demo):
        assert play(demo, str(path)) == ()
        assert [task.id for task in demo.tasks] == [json.loads(path.read_text("utf-8"))["id"]]


def test_what_is_neither_a_scenario_nor_a_file_is_no_play() -> None:
    with pytest.raises(KeyError):
        play(Demo(scenario=()), "no such scenario")
