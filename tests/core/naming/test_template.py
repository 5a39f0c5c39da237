"""What saved files are called, on any system."""

import re
import time
import unicodedata
from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.naming._fields import FIELDS
from seedance_tui.core.naming._safe import cut, size
from seedance_tui.core.naming.template import NameTemplate, file_name
from tests.core.conftest import MakeEntry, MakeWatched

A = "asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E"


_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


def is_reserved(name: str) -> bool:
    """Whether Windows takes it for a device, whatever its ending, or cuts its end off."""
    return bool(_DEVICE.fullmatch(name.partition(".")[0].rstrip(" "))) or name.endswith((".", " "))


@pytest.mark.parametrize(
    ("kind", "extension", "name"),
    [
        (Kind.RESULT, ".mp4", f"{A}.mp4"),
        (Kind.ORIGINAL, ".mp4", f"{A}_original.mp4"),
        (Kind.RESULT, ".mov", f"{A}.mov"),
        (Kind.LAST_FRAME, ".png", f"{A}_last_frame.png"),
    ],
)
def test_a_file_is_named_as_the_interface_says(kind: Kind, extension: str, name: str) -> None:
    assert file_name(A, kind, extension) == name


@pytest.mark.parametrize(
    ("task_id", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd.mp4"),
        ("C:\\x", "C__x.mp4"),
        ("a:b*c?d", "a_b_c_d.mp4"),
        ("..", "_.mp4"),
        ("", "_.mp4"),
        (" . ", "_.mp4"),
        (".hidden", "hidden.mp4"),
        ("CON", "_CON.mp4"),
        ("com1.x", "_com1.x.mp4"),
        ("console", "console.mp4"),
        ("a\nb\x1b", "a b_.mp4"),
        ("\u202egpj", "gpj.mp4"),
        ("茶", "茶.mp4"),
    ],
)
def test_an_id_of_any_kind_makes_a_harmless_name(task_id: str, name: str) -> None:
    made = file_name(task_id, Kind.RESULT, ".mp4")
    assert re.sub(r"-[0-9a-f]{6}(?=\.mp4$)", "", made) == name
    assert (made == name) == (name == f"{task_id}.mp4")


def test_two_tasks_never_share_a_name() -> None:
    ids = ("a/b", "a_b", "a:b", "x", "x_original", "x_last_frame", "CON", "_CON")
    names = [file_name(task_id, kind, ".mp4") for task_id in ids for kind in Kind]
    assert len({name.lower() for name in names}) == len(names)


@given(st.text(st.characters(exclude_categories=()), max_size=300), st.sampled_from(Kind))
def test_a_name_stays_in_its_folder_and_fits_with_its_part_suffix(task_id: str, kind: Kind) -> None:
    name = file_name(task_id, kind, ".mp4")
    assert len((name + ".part").encode("utf-8")) <= 255
    assert Path(name).name == name == PureWindowsPath(name).name
    assert not is_reserved(name)
    assert name.isprintable() or not task_id.isprintable()
    assert not name.startswith((".", " "))


def test_a_long_name_is_cut_between_characters() -> None:
    name = file_name("茶" * 200, Kind.ORIGINAL, ".mp4")
    assert re.fullmatch("茶{72,75}-[0-9a-f]{6}_original.mp4", name)
    assert len(name.encode()) <= 240


LONG = "茶" * 200


@pytest.fixture(scope="session")
def entry(watched: MakeWatched) -> MakeEntry:
    """Build an entry with an answer: `entry(label="tea", seed=7, finish_time=…)`."""

    def build(
        task_id: str = A, label: str = "", finish_time: object = None, **video: object
    ) -> Entry:
        data: dict[str, Any] = {
            "task_id": task_id,
            "status": "SUCCESS",
            "finish_time": finish_time,
            "data": video,
        }
        task = Task.from_json({"code": "success", "data": data})
        return replace(Entry(watched(task_id, label=label)), task=task)

    return build


def name(template: str, entry: Entry, kind: Kind = Kind.RESULT, **options: bool) -> str:
    extension = ".png" if kind is Kind.LAST_FRAME else ".mp4"
    return NameTemplate.parse(template).name(entry, kind, extension, **options)


VIDEO = {
    "model": "doubao/seedance 2.0",
    "ratio": "9:16",
    "resolution": "480p",
    "super_resolution": "1080p",
    "duration": 5,
    "seed": 4304,
}


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("{task_id}", f"{A}.mp4"),
        ("{label}", "rain on glass.mp4"),
        ("{label} {ratio} {duration}s", "rain on glass 9x16 5s.mp4"),
        ("{label}_{resolution}_{seed}", "rain on glass_1080p_4304.mp4"),
        ("{model}", "doubao_seedance 2.0.mp4"),
        ("{label}.{kind}.{ext}", "rain on glass.result.mp4"),
        ("{label}{ext}", "rain on glass.mp4"),
        ("茶 {seed}", "茶 4304.mp4"),
        (" {label} .", "rain on glass.mp4"),
        ("[{seed}] {label}", "[4304] rain on glass.mp4"),
    ],
)
def test_a_template_puts_the_values_in_their_places(
    entry: MakeEntry, template: str, made: str
) -> None:
    assert name(template, entry(label="rain on glass", **VIDEO)) == made


def test_the_other_files_of_a_task_get_the_suffix_or_their_kind(entry: MakeEntry) -> None:
    one = entry(label="tea", **VIDEO)
    assert name("{label} {resolution}", one, Kind.ORIGINAL) == "tea 480p_original.mp4"
    assert name("{label}.{ext}", one, Kind.LAST_FRAME) == "tea_last_frame.png"
    assert name("{kind} of {label}", one, Kind.LAST_FRAME) == "last_frame of tea.png"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows takes no zone from TZ")
@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai"])
def test_date_and_time_are_the_local_ones_of_the_end_or_else_of_the_beginning(
    entry: MakeEntry, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        finished = entry(finish_time=1_795_508_106)
        assert (
            name("{date}_{time}", finished)
            == {
                "UTC": "2026-11-24_081506.mp4",
                "Asia/Shanghai": "2026-11-24_161506.mp4",
            }[zone]
        )
        assert name("{date}", entry()) == "2026-11-22.mp4", "when it was first watched"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("template", "values", "made"),
    [
        ("{label} - {seed}", {"seed": 4304}, "4304"),
        ("{seed} - {label}", {"seed": 4304}, "4304"),
        ("{model} - {label}_{seed}", {"model": "m", "seed": 0}, "m - 0"),
        ("{model} ({label}) {seed}", {"model": "m", "seed": 1}, "m 1"),
        ("{model} ({label} {seed})", {"model": "m", "seed": 1}, "m (1)"),
        ("{model} ({seed} {label})", {"model": "m", "seed": 1}, "m (1)"),
        ("({label} {seed}) {model}", {"model": "m", "seed": 1}, "(1) m"),
        ("{model} [{label}]", {"model": "m"}, "m"),
        ("{seed} {duration}s", {"seed": 1}, "1"),
        ("{seed}, take {label} of {model}", {"seed": 1, "model": "m"}, "1, take of m"),
        ("{label}{seed}", {"seed": 1}, "1"),
        ("{label} - {seed}", {}, A),
        ("clip {label}", {}, A),
        ("{label} - {seed}", {"label": " ... "}, A),
        ("{label}-{task_id}", {}, A),
    ],
)
def test_an_empty_value_goes_with_the_separators_around_it(
    entry: MakeEntry, template: str, values: dict[str, object], made: str
) -> None:
    assert name(template, entry(**values)) == f"{made}.mp4"
    if made == A:
        assert name(template, entry(**values), Kind.ORIGINAL) == f"{A}_original.mp4"


def test_a_kind_alone_is_no_name(entry: MakeEntry) -> None:
    assert name("{label}_{kind}", entry(), Kind.ORIGINAL) == f"{A}_original.mp4"


@pytest.mark.parametrize(
    ("label", "made"),
    [
        ("../../etc/passwd", "_.._etc_passwd.mp4"),
        ("a:b*c?", "a_b_c_.mp4"),
        ("CON", "_CON.mp4"),
        ("com¹ .tea", "_com¹ .tea.mp4"),
        ("tea.. ", "tea.mp4"),
        ("two\n\tlines", "two lines.mp4"),
        ("\x1b[31mred", "_[31mred.mp4"),
        ("\u202egpj", "gpj.mp4"),
        ("cafe\u0301", "caf\xe9.mp4"),
    ],
)
def test_a_label_of_any_kind_makes_a_harmless_name(entry: MakeEntry, label: str, made: str) -> None:
    assert name("{label}", entry(label=label)) == made


def test_what_is_too_long_is_cut_but_the_id_and_the_ending(entry: MakeEntry) -> None:
    made = name("{label}-{task_id}", entry(label=LONG), Kind.ORIGINAL, distinct=True)
    assert re.fullmatch(rf"茶+-{A}-[0-9a-f]{{6}}_original\.mp4", made)
    assert 237 <= len(made.encode()) <= 240
    made = name("{label} {model}", entry(label=LONG, model="m" * 300))
    assert made.count("茶") > 35, "both give"
    assert made.count("m") > 100


def test_an_id_gives_nothing_while_anything_else_can(entry: MakeEntry) -> None:
    task_id = "asyntask_" + "x" * 110
    one = entry(task_id, LONG, model=LONG, ratio=LONG, resolution=LONG)
    made = name("{label} {model} {ratio} {resolution} {task_id}", one, Kind.ORIGINAL)
    assert made.endswith(f" {task_id}_original.mp4")
    assert made.startswith("茶")


def test_letters_and_marks_are_composed_wherever_they_meet(entry: MakeEntry) -> None:
    assert name("cafe{label}", entry(label="\u0301s")) == "caf\xe9s.mp4"
    made = file_name("cafe\u0301", Kind.RESULT, ".mp4")
    assert re.fullmatch("caf\xe9-[0-9a-f]{6}\\.mp4", made)
    assert made != file_name("caf\xe9", Kind.RESULT, ".mp4")


def test_a_name_is_not_cut_between_a_letter_and_its_marks(entry: MakeEntry) -> None:
    for spaces in range(4):
        made = name("{label}", entry(label="x" * spaces + "q\u0323\u0307" * 100))
        assert made.endswith("q\u0323\u0307.mp4")


def test_two_tasks_of_one_name_are_told_apart_on_request(entry: MakeEntry) -> None:
    one, other = entry("a", label="tea"), entry("b", label="tea")
    assert name("{label}", one) == name("{label}", other) == "tea.mp4"
    names = {name("{label}", task, distinct=True) for task in (one, other)}
    assert len(names) == 2
    assert all(re.fullmatch(r"tea-[0-9a-f]{6}\.mp4", made) for made in names)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{title}", "title.*available: .*task_id"),
        ("{lable}", r"did you mean \{label\}"),
        ("{label!r}", "unknown field"),
        ("{}", "unknown field"),
        ("{label", "unclosed"),
        ("{label} {seed", "unclosed"),
        ("label}", "unmatched }"),
        ("{date}/{label}", "'/'"),
        ("{date}\\{label}", "not allowed in file names"),
        ("{label}: {seed}", "':'"),
        ("{label}\x1b", "not allowed in file names"),
        ("{label}\u202e", "not allowed in file names"),
        ("{ext} {label}", "only allowed at the end"),
        ("{label}.mp4", "added automatically"),
        ("{label} {label}", "twice"),
        ("{label}" + "x" * 81, "too long"),
        ("", "makes names unique"),
        ("clip", "makes names unique"),
        ("{kind}.{ext}", "makes names unique"),
    ],
)
def test_a_template_that_cannot_be_used_says_what_is_wrong(template: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        NameTemplate.parse(template)


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=120)
FIELD = st.sampled_from([f"{{{field}}}" for field in FIELDS if field != "ext"])
SEPARATOR = st.sampled_from([" ", "_", "-", " - ", ".", "(", ") ", "", "x"])
TEMPLATE = st.lists(st.tuples(FIELD, SEPARATOR), min_size=1, max_size=8, unique_by=lambda p: p[0])


@given(st.data(), TEMPLATE, st.sampled_from(Kind), st.booleans())
def test_whatever_the_server_says_a_name_is_one_that_every_system_takes(
    entry: MakeEntry, data: st.DataObject, pieces: list[tuple[str, str]], kind: Kind, distinct: bool
) -> None:
    text = "{label}" * ("{label}" not in dict(pieces)) + "".join(map("".join, pieces))
    words = {word: data.draw(ANY_TEXT) for word in ("model", "ratio", "resolution")}
    one = entry(data.draw(ANY_TEXT), data.draw(ANY_TEXT), data.draw(st.floats()), **words)
    made = name(text, one, kind, distinct=distinct)
    assert len(f"{made}.part.json".encode()) <= 255
    assert Path(made).name == made == PureWindowsPath(made).name
    assert not is_reserved(made)
    assert not made.startswith((".", " "))
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2400-\u2421\ud800-\udfff]', made)
    assert unicodedata.is_normalized("NFC", made)
    suffix = "" if "{kind}" in text else kind.spec.suffix
    assert made.endswith((f"{suffix}.mp4", f"{suffix}.png"))


@given(st.text(st.characters(exclude_categories=()), max_size=300), st.sampled_from(Kind))
def test_the_default_template_gives_the_default_name(
    entry: MakeEntry, task_id: str, kind: Kind
) -> None:
    assert name("{task_id}", entry(task_id), kind) == file_name(
        task_id, kind, ".png" if kind is Kind.LAST_FRAME else ".mp4"
    )


@given(ANY_TEXT, st.text("ab_-", min_size=1, max_size=100), st.sampled_from(Kind))
def test_an_id_of_usual_length_is_always_whole(
    entry: MakeEntry, label: str, task_id: str, kind: Kind
) -> None:
    task_id = f"{task_id}9"
    assert task_id in name("{label} {model} {task_id}", entry(task_id, label, model=LONG), kind)


@given(st.text(max_size=60))
def test_any_text_is_a_template_or_an_error_in_words(text: str) -> None:
    try:
        template = NameTemplate.parse(text)
    except ValueError as error:
        assert str(error)
    else:
        assert template.fields <= set(FIELDS)


def test_a_long_id_fills_a_name_to_its_last_byte() -> None:
    for kind, extension in ((Kind.RESULT, ".mp4"), (Kind.ORIGINAL, ".webm")):
        name = file_name("x" * 400, kind, extension)
        assert len(name) == 240
        assert name.startswith("x" * (240 - 7 - len(kind.spec.suffix + extension)) + "-")


def test_own_text_may_have_eighty_bytes() -> None:
    assert NameTemplate.parse("x" * 80 + "{task_id}")
    with pytest.raises(ValueError, match="too long"):
        NameTemplate.parse("x" * 81 + "{task_id}")


def test_a_setting_that_is_no_template_says_why() -> None:
    assert NameTemplate.read("{label} {seed}").fields == {"label", "seed"}
    with pytest.raises(ValueError, match=r"is invalid: unclosed \{"):
        NameTemplate.read("{label")


@pytest.mark.parametrize("mark", ["\u0301", "\U0001f3fb", "\U0001f3fd", "\U0001f3ff"])
def test_a_character_is_cut_off_with_its_marks_and_no_more(mark: str) -> None:
    assert cut(f"xye{mark}", 3) == "xy"
    assert cut(f"xye{mark}z", size(f"xye{mark}")) == f"xye{mark}"
    assert cut(mark, 1) == ""
