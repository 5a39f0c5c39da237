"""Behind each sentence of the README's "What is promised" stands a test."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.nodes import is_there

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROMISED = README.split("## What is promised")[1].split("\n## ")[0]

FILE, ARCHIVE = "core/watchlist/test_file.py", "core/watchlist/test_archive.py"
WINDOWS, NUMBERS = "core/watchlist/test_windows.py", "test_readme_numbers.py"
RUNNER, QUEUE = "core/downloads/test_runner.py", "core/downloads/test_queue.py"
ALONE, SAVED = "core/test_left_alone.py", "core/downloads/test_saved_means_saved.py"
JUDGEMENT, STATES = "core/model/test_judgement.py", "commands/test_wild_states.py"
REFUSALS, SESSION = "core/polling/test_refusals.py", "core/test_states_of_a_session.py"
SCHEDULE, LIMIT = "core/polling/test_schedule.py", "core/polling/test_rate_limit.py"
INTERVAL, POLLER = "core/polling/test_interval_factor.py", "core/polling/test_poller.py"
BOUNDS, DEAD = "core/history/test_bounds.py", "core/history/test_dead_links.py"
CLIENT, REDIRECTS = "api/test_client.py", "api/transfer/test_redirects.py"
STORED = "core/settings/test_stored_key.py"
RUNS = f"{NUMBERS}::test_what_the_benchmarks_do"

BEHIND: Mapping[str, tuple[str, ...]] = {
    "No ID is lost": (
        f"{ARCHIVE}::test_whatever_two_windows_do_no_id_and_no_label_is_lost",
        f"{FILE}::test_processes_that_add_at_once_lose_nothing",
    ),
    "written atomically, under a lock": (
        f"{FILE}::test_a_write_that_fails_leaves_the_old_file_and_nothing_else",
        f"{FILE}::test_processes_that_add_at_once_lose_nothing",
        "files/test_locks.py::test_a_second_one_is_kept_out_until_the_first_lets_go",
    ),
    "leaves the old file or the new one": (
        f"{ARCHIVE}::test_a_kill_between_the_two_writes_loses_nothing",
        "files/test_replacing.py::test_the_new_file_takes_the_place_of_the_old",
    ),
    "overwrites a change within ten seconds": (
        f"{FILE}::test_what_an_editor_takes_away_unawares_is_made_again",
        f"{NUMBERS}::test_for_how_long_what_an_editor_takes_away_is_put_back",
    ),
    "is in the archive, with its label": (
        f"{ARCHIVE}::test_an_entry_is_moved_with_all_it_has_and_the_moment",
    ),
    "`u` undoes even that": (
        f"{ARCHIVE}::test_what_is_deleted_is_gone_and_can_be_taken_back",
        "ui/screens/main/test_archive.py::test_delete_in_the_archive_asks_and_can_be_taken_back",
    ),
    "kills it 200 times each way": (RUNS,),
    "the program waits for it and then writes into it": (
        "files/test_replacing.py::test_a_file_that_is_held_open_for_a_moment_is_waited_for",
        "files/test_replacing.py::test_a_file_that_stays_open_is_written_into",
        f"{WINDOWS}::test_what_a_killed_writer_had_begun_is_finished_by_the_next",
    ),
    "tests that there or under Wine": (
        f"{WINDOWS}::test_writers_at_once_lose_nothing",
        f"{WINDOWS}::test_a_reader_that_holds_it_open_keeps_nobody_from_writing",
    ),
    "No downloadable video is lost": (f"{ALONE}::test_with_auto_save_every_video_is_on_the_disk",),
    "gets its name only when complete": (
        "api/transfer/test_download.py::test_nothing_half_gets_the_final_name",
        "api/transfer/test_download_kills.py::test_a_file_survives_ten_kills",
    ),
    "the queue survives a crash": (
        f"{RUNNER}::test_it_is_on_the_disk_soon_after_it_was_decided",
        f"{QUEUE}::test_a_later_run_goes_on_where_this_one_ended",
    ),
    "is retried and never ends a download": (
        f"{QUEUE}::test_what_may_pass_is_tried_again_later_and_others_go_first",
        "api/transfer/test_download.py::test_what_passes_is_tried_again",
        "core/downloads/test_links_of_a_session.py"
        "::test_a_store_that_is_away_is_one_steady_state_with_its_reason",
    ),
    "an untrusted certificate, a disk error or you can": (
        f"{REDIRECTS}::test_a_certificate_that_is_not_trusted_needs_a_person",
        f"{QUEUE}::test_what_does_not_pass_is_given_up_until_a_person_wants_it",
        f"{QUEUE}::test_a_cancelled_file_is_decided_about",
        f"{RUNNER}::test_a_disk_that_is_gone_ends_nothing",
    ),
    "truncated, changed or replaced": (
        f"{SAVED}::test_another_file_in_the_place_of_a_saved_one_is_not_the_video",
        f"{SAVED}::test_bytes_that_were_changed_in_place_are_seen",
        "core/downloads/test_saved_files.py::test_what_is_not_whole_is_somebodys_file",
    ),
    "announced before its link expires": (
        f"{ALONE}::test_without_it_each_video_is_spoken_of_before_its_link_dies_and_after",
        "core/downloads/test_alarm_moments.py"
        "::test_it_is_spoken_of_at_six_hours_at_one_and_at_ten_minutes",
        "core/downloads/test_deadlines.py::test_a_download_in_trouble_is_told_in_the_last_hour",
        "core/downloads/test_losses.py"
        "::test_what_the_disk_has_no_room_for_is_lost_when_its_link_dies",
    ),
    "leaves the program alone for an hour": (ALONE,),
    "with auto-save every video must be on the disk": (
        f"{ALONE}::test_with_auto_save_every_video_is_on_the_disk",
        f"{ALONE}::test_without_it_each_video_is_spoken_of_before_its_link_dies_and_after",
    ),
    "measures transfer rate and memory": (
        "test_readme_promises.py::test_each_benchmark_that_is_named_is_there",
    ),
    "No state is made up": ("api/test_models.py::test_only_a_known_word_ends_a_task",),
    "An unknown status is shown verbatim": (
        "api/test_models.py::test_only_a_known_word_ends_a_task",
        "commands/test_list.py::test_list_prints_a_line_for_each_task_with_the_servers_own_word",
    ),
    "never discards the last good response": (
        "core/model/test_store.py::test_a_missed_question_never_takes_the_last_good_answer_away",
        "faults/test_fault_table.py::test_the_last_good_answer_stays_and_the_trouble_is_named",
    ),
    "marked `stale`, and the pane says how old": (
        "ui/screens/main/test_memory.py"
        "::test_a_start_without_a_key_shows_what_was_last_known_greyed_and_dated",
        "ui/screens/main/test_keys.py::test_r_asks_at_once_and_a_bad_answer_marks_the_row_stale",
    ),
    "Only known words for done": (
        "api/test_models.py::test_only_a_known_word_ends_a_task",
        "api/test_models.py::test_a_word_is_a_phase_in_any_case",
    ),
    "the task counts as upstream says": (
        f"{NUMBERS}::test_the_times_after_which_upstream_and_a_missing_link_count",
        f"{JUDGEMENT}::test_upstream_over_counts_once_the_gateway_has_had_time_to_notice",
        f"{STATES}::test_upstream_over_for_long_counts_though_the_gateway_says_open",
    ),
    "both words are shown": (
        "ui/detail/test_lines.py::test_the_headline_says_where_upstream_says_otherwise",
    ),
    "stays done and keeps its links": (
        f"{JUDGEMENT}::test_whatever_comes_a_task_once_done_stays_done_and_no_link_is_lost",
        f"{SESSION}::test_a_task_that_was_done_stays_done_over_poorer_answers_and_a_restart",
    ),
    "is polled for five more minutes": (
        f"{JUDGEMENT}::test_a_task_without_its_link_is_asked_about_for_some_minutes",
        f"{SESSION}::test_what_is_done_is_saved_when_its_link_comes",
    ),
    "about another task is kept apart": (
        f"{SESSION}::test_another_tasks_answer_is_kept_apart_until_a_person_accepts_it",
        "ui/screens/menus/test_another_task.py::test_what_the_user_takes_for_its_own_is_shown_and_saved",
    ),
    "One refusal ends nothing": (
        f"{SESSION}::test_a_single_401_ends_nothing_and_every_video_is_saved",
        f"{STATES}::test_a_refusal_amid_good_answers_ends_nothing",
    ),
    "again within seconds, then more slowly": (
        f"{REFUSALS}::test_one_refusal_amid_good_answers_is_asked_again_soon_and_holds_nobody",
        f"{REFUSALS}"
        "::test_a_task_that_alone_is_refused_is_asked_about_more_slowly_and_stops_nobody",
    ),
    "at last once a minute": (
        f"{REFUSALS}::test_while_all_is_refused_it_looks_once_a_minute_whatever_the_interval",
        f"{NUMBERS}::test_how_long_a_refusal_is_doubted",
    ),
    "ends with 3 at a refusal that comes first": (
        f"{STATES}::test_a_refusal_as_the_first_answer_ends_it_at_once",
        f"{STATES}::test_a_key_that_stays_refused_is_3_in_the_end",
    ),
    "is waited out": (f"{STATES}::test_a_page_is_weather",),
    "What was seen is kept": (
        "core/history/test_history.py"
        "::test_the_timeline_has_each_change_with_the_time_it_was_first_seen",
    ),
    "Every response that says something new": (
        "core/history/test_poorer_answers.py::test_an_answer_that_says_more_or_else_is_kept",
        f"{BOUNDS}::test_of_many_small_answers_the_newest_are_kept",
        f"{BOUNDS}::test_the_end_of_a_task_is_kept_before_its_steps",
        "ui/screens/main/test_memory.py"
        "::test_a_start_without_a_key_shows_what_was_last_known_greyed_and_dated",
    ),
    "Links lose their signatures": (
        f"{DEAD}::test_what_is_dead_by_the_gateways_clock_loses_its_signature",
        f"{DEAD}::test_long_after_any_clock_will_do",
    ),
    "The gateway is not flooded": (
        f"{SCHEDULE}::test_whatever_happens_a_task_is_never_asked_about_twice_at_once",
    ),
    "is polled once per interval": (
        f"{SCHEDULE}::test_each_open_task_is_asked_about_once_per_interval",
        f"{LIMIT}::test_urgency_makes_no_task_come_sooner_than_its_interval",
        f"{INTERVAL}::test_a_task_that_waits_is_asked_about_less_after_ten_minutes_and_an_hour",
        f"{INTERVAL}"
        "::test_a_task_that_runs_is_asked_about_less_until_half_and_after_three_times_the_usual",
    ),
    "errors slow all polling": (
        f"{SCHEDULE}::test_weather_brakes_all_tasks_together",
        f"{SCHEDULE}::test_retry_after_is_kept_whatever_else_is_answered",
        f"{LIMIT}::test_what_the_last_answer_says_of_the_quota_is_obeyed",
    ),
    "the rate that it grants is found": (
        "core/polling/test_limit_over_sockets.py::test_sixty_tasks_share_five_requests_a_second",
        f"{LIMIT}::test_what_is_asked_settles_at_what_is_granted",
        f"{LIMIT}::test_one_random_refusal_in_ten_slows_nothing_down",
        f"{LIMIT}::test_what_was_never_asked_about_comes_first",
        f"{LIMIT}::test_an_urgent_task_is_asked_about_more_often_and_nobody_starves",
    ),
    "At most eight requests at once": (
        f"{POLLER}::test_at_most_eight_questions_are_under_way",
        f"{NUMBERS}::test_how_many_questions_are_asked_at_once",
    ),
    "compares it with a fixed interval": (RUNS,),
    "The key goes to the API's own origin only": (
        f"{CLIENT}::test_the_key_goes_to_the_gateway_alone",
        f"{CLIENT}::test_no_error_tells_the_key",
        f"{REDIRECTS}::test_the_key_goes_as_far_as_the_chain_stays_at_the_apis_origin",
        "api/transfer/test_download.py::test_the_store_never_gets_the_key",
        "core/storage/test_log.py::test_the_key_is_in_no_record_however_it_is_spelt",
        "e2e/test_secrets.py::test_the_key_is_on_no_screen_and_in_no_file",
    ),
    "in no file that the program writes but `api-key`": (
        "ui/screens/dialogs/test_api_key.py::test_without_a_yes_nothing_is_written",
        "ui/screens/dialogs/test_api_key.py"
        "::test_a_key_that_is_taken_works_without_a_restart_and_is_kept_after_a_yes",
        "ui/screens/dialogs/test_api_key.py::test_the_key_is_in_no_message_no_screen_and_no_log",
    ),
    "mode 0600, for the origin": (
        f"{STORED}::test_only_its_user_can_read_it",
        f"{STORED}::test_it_is_for_the_origin_it_was_typed_for_alone",
        f"{STORED}::test_the_demo_has_no_place_for_a_key_and_reads_none",
    ),
    "neither typed in nor kept for an `http://` address": (
        f"{STORED}::test_nothing_is_kept_or_read_for_an_address_that_others_can_listen_to",
        "ui/screens/dialogs/test_api_key.py"
        "::test_nothing_is_typed_for_an_address_that_others_can_listen_to",
    ),
    "no escape sequence in it reaches the terminal": (
        "faults/test_outside_text.py::test_no_field_of_an_answer_does_anything_but_be_seen",
        "faults/test_outside_text.py::test_a_terminal_gets_no_byte_of_an_attack_as_it_came",
    ),
}


def sentences() -> list[str]:
    """The sentences of the section, each part before a semicolon by itself."""
    points = [line.removeprefix("- ") for line in PROMISED.splitlines() if line.startswith("- ")]
    parts = [part for point in points for part in re.split(r"(?<=[.;])(?:\*\*)?\s+", point)]
    return [part.strip("* ") for part in parts]


@pytest.mark.parametrize("sentence", sentences())
def test_a_test_stands_behind_each_sentence(sentence: str) -> None:
    assert [phrase for phrase in BEHIND if phrase in sentence], sentence


@pytest.mark.parametrize("phrase", BEHIND)
def test_each_promise_is_made_and_its_tests_are_there(phrase: str) -> None:
    assert phrase in PROMISED
    assert BEHIND[phrase]
    assert [node for node in BEHIND[phrase] if not is_there(node)] == []


def test_each_benchmark_that_is_named_is_there() -> None:
    named = re.findall(r"`python (tests/benchmarks/\w+\.py)`", README)
    assert len(named) >= 7
    assert [name for name in named if not (ROOT / name).is_file()] == []
