"""What a command line means by its words: an ID in any form, or a text in which there are some."""

import pytest

from seedance_tui.core.watchlist.find_ids import Found, find_in_words

A = "asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E"


@pytest.mark.parametrize(
    "word", [A, "job-000001", "a.b:c=d+e-1", "123456", "a1" * 64, "asyntask_done", "task_1"]
)
def test_a_plain_word_with_a_digit_is_an_id_whatever_its_form(word: str) -> None:
    assert find_in_words([word]) == Found((word,))


@pytest.mark.parametrize("word", ["wacth", "1.mp4", "12345", "a1" * 65, ""])
def test_a_mistyped_command_is_none(word: str) -> None:
    assert find_in_words([word]) == Found((), (word,))


@pytest.mark.parametrize(
    "word",
    [
        "sk-abcdef123456",
        "ANYFAST_API_KEY=sk-abcdef123456",
        "key:sk-abcdef123456",
        "https://gate.example/v1/videos/sk-abcdef123456",
        "my sk-abcdef123456",
        '{"task_id":"sk-abcdef123456"}',
    ],
)
def test_an_api_key_is_no_id_wherever_it_is_typed_and_is_not_repeated(word: str) -> None:
    found = find_in_words([word])
    assert found.ids == ()
    assert "abcdef" not in "".join(found.odd)


def test_task_with_a_dash_is_no_key() -> None:
    assert find_in_words(["task-123456"]) == Found(("task-123456",))


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        (f"https://gate.example/v1/video/generations/{A}", (A,)),
        (f'{{"task_id":"{A}"}}', (A,)),
        (f"{A},job-000001", (A,)),
        ("job-000001 job-000002", ("job-000001", "job-000002")),
        (f"{A[:20]}…", ()),
        (f"{A[:20]}...", ()),
    ],
)
def test_a_link_json_or_a_list_is_searched_as_a_text(word: str, ids: tuple[str, ...]) -> None:
    found = find_in_words([word])
    assert found.ids == ids
    assert bool(found.odd) is (not ids)


def test_ids_come_once_in_their_order_and_what_is_none_beside_them() -> None:
    found = find_in_words(["job-000002", "wacth", f"{A} and", "job-000002", "wacth"])
    assert found == Found(("job-000002", A), ("wacth",))


def test_what_is_known_is_an_id_whatever_it_looks_like() -> None:
    words = ["tea", "{rain}", "milk"]
    found = find_in_words(words, lambda word: word != "milk")
    assert found == Found(("tea", "{rain}"), ("milk",))
