"""Texts of JSON that are decoded together say what each says alone."""

import json

from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.json_values import JSON, decoded

VALUES: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
BROKEN = ["", " ", "{", '{"a":1', "1,2", "[1", "2]", "nonsense", '"', "[" * 100_000]


def alone(text: str) -> JSON:
    try:
        value: JSON = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


@given(st.lists(VALUES.map(json.dumps), max_size=8))
def test_each_says_what_it_says_alone(texts: list[str]) -> None:
    assert list(decoded(texts)) == [alone(text) for text in texts]


@given(st.lists(VALUES.map(json.dumps), min_size=1), st.sampled_from(BROKEN), st.data())
def test_a_broken_one_takes_no_other_along(
    texts: list[str], broken: str, data: st.DataObject
) -> None:
    texts.insert(data.draw(st.integers(0, len(texts))), broken)
    assert list(decoded(texts)) == [alone(text) for text in texts]


def test_they_share_the_names_of_their_fields() -> None:
    first, second = decoded(['{"a rather long name": 1}', '{"a rather long name": 2}'])
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert next(iter(first)) is next(iter(second))
