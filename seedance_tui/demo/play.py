"""What happens in the wild, each played by its name: a demo for it, and what a person gives."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .captured import play_captured
from .input_scenarios import INPUT_SCENARIOS
from .limit import rate_limit
from .link_scenarios import LINK_SCENARIOS
from .simulation import Demo
from .state_scenarios import STATE_SCENARIOS
from .tasks import DemoTask, Stage

SCENARIOS: Mapping[str, Callable[[Demo, str], object]] = {
    **LINK_SCENARIOS,
    **STATE_SCENARIOS,
    **INPUT_SCENARIOS,
    "rate limit": rate_limit,
}
_ID = "asyntask_sceneSCENEsceneSCENEscene{:07}"
_RUNNING = (Stage(-60, "NOT_START"), Stage(-50, "IN_PROGRESS", "30%"))
_DONE = (Stage(-400, "NOT_START"), Stage(-390, "IN_PROGRESS"), Stage(-100, "SUCCESS"))


def cast(name: str) -> tuple[DemoTask, ...]:
    """Returns the tasks of a scenario: three, or sixty for the rate limit; none for an answer."""
    if name not in SCENARIOS:
        return ()
    is_open = name in STATE_SCENARIOS or name == "rate limit"
    count = 60 if name == "rate limit" else 3
    steps = _RUNNING if is_open else _DONE
    return tuple(DemoTask(_ID.format(number), "", steps) for number in range(count))


def play(demo: Demo, name: str) -> Sequence[str]:
    """Plays a scenario, or the captured answer in a file; returns what a person gives, if anything.

    The demo is entered and has the tasks of `cast`. Raises KeyError for what is neither.
    """
    if name in SCENARIOS:
        given = SCENARIOS[name](demo, demo.tasks[0].id)
        return tuple(given) if isinstance(given, tuple) else ()
    path = Path(name)
    if not path.is_file():
        raise KeyError(name)
    play_captured(demo, json.loads(path.read_text("utf-8")))
    return ()
