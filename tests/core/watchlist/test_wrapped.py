"""To the character, which broken IDs are joined, which count as cut, and which are whole."""

import pytest

from seedance_tui.core.watchlist.find_ids import find_ids

LETTERS = "h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E"
"""What the gateway's IDs have behind their prefix."""


def broken(*lengths: int, rest: str = "") -> str:
    """An ID with a line end after so many characters, and after so many more."""
    pieces, at = [], 0
    for length in lengths:
        pieces.append(LETTERS[at : at + length])
        at += length
    return "asyntask_" + "\n".join([*pieces, LETTERS[at:]]) + rest


@pytest.mark.parametrize("lengths", [(1,), (31,), (16, 8), (1, 1, 1, 1), (0,)])
@pytest.mark.parametrize("rest", ["", "\n", " and more", ", another", "\nfruit tea"])
def test_pieces_that_make_the_known_length_are_joined(lengths: tuple[int, ...], rest: str) -> None:
    found = find_ids(broken(*lengths, rest=rest))
    assert (found.ids, found.odd) == (("asyntask_" + LETTERS,), ())


@pytest.mark.parametrize(("length", "is_cut"), [(15, False), (16, True), (31, True)])
def test_from_sixteen_characters_on_an_id_counts_as_cut_where_a_word_alone_follows(
    length: int, is_cut: bool
) -> None:
    short = "asyntask_" + LETTERS[:length]
    found = find_ids(f"{short}\nabcdefghijklmnopqrstuvwxyz0123456")
    assert bool(found.odd) is False, "that word is longer than any rest"
    found = find_ids(f"{short}\nab\n")
    assert (found.ids, bool(found.odd)) == (() if is_cut else (short,), is_cut)


def test_a_whole_id_is_joined_with_nothing() -> None:
    whole = "asyntask_" + LETTERS
    assert find_ids(f"{whole}\nabc\n").ids == (whole,)


def test_what_comes_behind_a_joined_id_is_still_searched() -> None:
    other = "asyntask_" + LETTERS[::-1]
    assert find_ids(f"{broken(20)}\n{other}\n{broken(9)}").ids == ("asyntask_" + LETTERS, other)
