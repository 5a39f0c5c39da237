"""`--format html`: one page that needs nothing else, in which no text from outside is markup."""

import re
from html.parser import HTMLParser

import pytest

from seedance_tui.command_line.html_plot import plot
from seedance_tui.demo import Demo
from tests.commands.conftest import Shell

_VOID = {"meta", "line", "rect", "br"}
HOSTILE = [
    "<script>alert(1)</script>",
    "\"' onmouseover='alert(1)",
    "</style><b>&amp;</b>",
    "</td><td>]]>",
    "<img src=x onerror=alert(1)>",
]


class Page(HTMLParser):
    """The tags of a page, its texts, and the cells of its table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def test_it_is_whole_and_needs_nothing_else(watched: Demo, shell: Shell) -> None:
    text = shell("list", "--format", "html").out
    assert text.startswith("<!doctype html>")
    page = Page(text)
    assert page.open == []
    names = {name for name, _ in page.tags}
    assert {"link", "img", "iframe", "object"}.isdisjoint(names)
    assert not any(attrs.get("src") for _, attrs in page.tags)
    assert [attrs["content"] for _, attrs in page.tags if "http-equiv" in attrs] == [
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    ]
    assert "url(" not in text
    assert "@import" not in text
    assert len(page.rows) == 1 + len(watched.tasks)
    assert {"prefers-color-scheme", "print"} <= set(re.findall(r"[\w-]+", text))


def test_a_column_stands_where_some_task_has_something_or_where_it_was_picked(
    watched: Demo, shell: Shell
) -> None:
    assert "Label" not in Page(shell("list", "--format", "html").out).rows[0]
    picked = shell("list", "--format", "html", "--fields", "id,label").out
    assert Page(picked).rows[0] == ["ID", "Label"]
    shell("edit", watched.tasks[0].id, "--label", "balloon")
    assert "Label" in Page(shell("list", "--format", "html").out).rows[0]


def test_nothing_done_yet_is_something_and_tokens_of_none_are_nothing(
    demo: Demo, shell: Shell
) -> None:
    demo.set("asyntask_open1", "QUEUED", progress="0%")
    shell("add", "asyntask_open1")
    heads, row = Page(shell("list", "--format", "html").out).rows
    assert dict(zip(heads, row, strict=True))["Progress"] == "0%"
    assert "Tokens" not in heads


@pytest.mark.parametrize("label", HOSTILE)
def test_a_text_from_outside_is_text(demo: Demo, shell: Shell, label: str) -> None:
    shell("add", "asyntask_done1", "--label", label)
    page = Page(shell("export", "--format", "html").out)
    assert page.open == []
    assert page.rows[1][0] == label
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert [name for name, _ in page.tags].count("script") == 1


def test_picked_fields_are_its_columns_with_keys_to_sort_by(watched: Demo, shell: Shell) -> None:
    page = Page(shell("list", "--format", "html", "--fields", "id,tokens.total").out)
    assert page.rows[0] == ["ID", "tokens.total"]
    cells = [attrs for name, attrs in page.tags if name == "td"]
    assert cells[0]["data-key"] == page.rows[1][0]
    assert str(cells[1]["data-key"]).isdigit()


def test_an_expired_link_is_none_and_others_are_of_the_web(watched: Demo, shell: Shell) -> None:
    page = Page(shell("list", "--format", "html").out)
    links = [str(attrs["href"]) for name, attrs in page.tags if name == "a"]
    assert len(links) == 2
    assert all(link.startswith("http") for link in links)
    assert sum(cell == "expired" for row in page.rows for cell in row) == 1


def test_days_without_tasks_are_in_the_plot_and_tokens_are_summed() -> None:
    figure = "\n".join(plot("Tokens", {"2026-02-27": 1000, "2026-03-02": 500}))
    assert "<b>1,500</b>" in figure
    assert figure.count("<rect") == 2
    for day in ("02-27", "02-28", "03-01", "03-02"):
        assert f">{day}</text>" in figure
    assert list(plot("Tokens", {})) == []
    assert list(plot("Tokens", {"soon": 3})) == []
    years = "\n".join(plot("Tokens", {"2020-01-01": 1, "2026-03-02": 1}))
    assert years.count("<text") < 12


@pytest.mark.parametrize(("language", "told"), [("zh", "zh"), ("en", "en")])
def test_it_says_which_language_it_speaks(
    watched: Demo, shell: Shell, language: str, told: str
) -> None:
    page = shell("list", "--offline", "--format", "html", "--lang", language).out
    assert f'<html lang="{told}">' in page
