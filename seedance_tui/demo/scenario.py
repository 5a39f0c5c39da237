"""The demo's tasks: within a minute every state that the gateway documents passes by.

What ends stays so, as with the real gateway; two tasks never end, and start over again and again.
"""

from .tasks import NOTICED_AFTER, DemoTask, Failure, Stage

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0


def _done(ended: float, *, waited: float, took: float) -> tuple[Stage, ...]:
    """Steps of a task that succeeded at `ended` after waiting and working so many seconds."""
    began = ended - took
    return Stage(began - waited, "NOT_START"), Stage(began, "IN_PROGRESS"), Stage(ended, "SUCCESS")


def _dying_in(left: float) -> float:
    """The end of a task whose link has `left` seconds to live."""
    return left + NOTICED_AFTER - DAY


SUNRISE = DemoTask(
    "asyntask_FqmXfZimrYwHqcXOCNi0hPTG9xtUV2qg",
    "抚仙湖日出 第二版",
    _done(-4 * MINUTE, waited=3, took=467),
    action="referenceGenerate",
    resolution="480p",
    seed=4304,
    tokens=48_400,
    super_resolution="2k",
    super_resolution_tokens=968_000,
    last_frame=True,
)
LIGHTHOUSE = DemoTask(
    "asyntask_kq2WjqqJkmm5dJszBcqPAB6UIg1ofWHc",
    "lighthouse at dawn, take 3",
    (
        Stage(0, "NOT_START"),
        Stage(6, "QUEUED"),
        Stage(14, "IN_PROGRESS", "10%"),
        Stage(24, "IN_PROGRESS", "30%"),
        Stage(34, "IN_PROGRESS", "50%"),
        Stage(46, "SUCCESS"),
    ),
    seed=91_827_364,
)
NEON = DemoTask(
    "asyntask_5OyBEHagbisYl8fYvfmU14AF5QfmLKGn",
    "雨中的霓虹街",
    (
        Stage(-250, "NOT_START"),
        Stage(-238, "QUEUED"),
        Stage(-185, "IN_PROGRESS"),
        Stage(55, "IN_PROGRESS", "80%"),
        Stage(65, "QUEUED"),
        Stage(75, "IN_PROGRESS", "10%"),
        Stage(85, "IN_PROGRESS", "30%"),
    ),
    ratio="21:9",
    seed=2_718_281,
    cycle=(45, 95),
)
DANCE = DemoTask(
    "asyntask_eIpbk0CYVgzUOyQLCqIAsuKFywPoFAn6",
    "dance cover, take 1",
    (
        Stage(-90, "NOT_START"),
        Stage(-82, "IN_PROGRESS", "30%"),
        Stage(12, "IN_PROGRESS"),
        Stage(35, "FAILURE"),
    ),
    action="omniGenerate",
    ratio="9:16",
    failure=Failure(),
)
PAPER_BOAT = DemoTask(
    "asyntask_5EtSVQq2mcMCHxSlSIjUDgvPl3sBNJ7S",
    "纸船顺流而下",
    _done(_dying_in(9 * MINUTE + 20), waited=11, took=214),
    ratio="9:16",
    resolution="480p",
    duration=10,
    seed=77,
    tokens=97_200,
)
GLASS = DemoTask(
    "asyntask_ag9uu1kR7nVDkO9TVFZLJOhPNq9BTTr3",
    "rain on glass",
    _done(_dying_in(2 * HOUR + 10 * MINUTE), waited=2, took=292),
    ratio="1:1",
    seed=1_618_033,
    audio=False,
    tokens=108_864,
    last_frame=True,
)
TEA = DemoTask(
    "asyntask_44VJwZAxQ5tcP5XbWJaDQdWrZCsmLeGH",
    "tea ceremony, slow pan",
    (Stage(-13 * MINUTE, "NOT_START"), Stage(-12 * MINUTE, "QUEUED")),
    ratio="4:3",
    duration=15,
)
SUBMITTED = DemoTask(
    "asyntask_OhereSoxPjpyO2vu7gWUzvmnpnBjRzKd",
    steps=(
        Stage(-40, "SUBMITTED"),
        Stage(58, "NOT_START"),
        Stage(70, "QUEUED"),
        Stage(82, "IN_PROGRESS", "10%"),
        Stage(95, "IN_PROGRESS", "30%"),
    ),
    cycle=(47, 107),
)
TRAIN = DemoTask(
    "asyntask_mO9PG64Nq1mGUbtoPegyXYdCtmV9yUaT",
    "高铁穿过油菜花田",
    (Stage(-150, "NOT_START"), Stage(-140, "IN_PROGRESS", "30%"), Stage(20, "SUCCESS")),
    action="referenceGenerate",
    ratio="21:9",
    duration=8,
    seed=31_415_926,
    tokens=174_240,
    super_resolution="1080p",
    super_resolution_tokens=392_040,
)
CRANE = DemoTask(
    "asyntask_GgVh6bIvDXpKvmNCjjIGYQp6Y3D47sX0",
    steps=_done(-2 * DAY, waited=6, took=318),
    seed=0,
    tokens=108_900,
)

SCENARIO = (SUNRISE, LIGHTHOUSE, NEON, DANCE, PAPER_BOAT, GLASS, TEA, SUBMITTED, TRAIN, CRANE)
"""The tasks in the order of the demo's watch list."""
