"""Run the program as `python -m seedance_tui`."""

import sys
from typing import NoReturn

_INTERRUPTED = 130


def start() -> NoReturn:
    """Run it; an interrupt ends it without a traceback also while it is being imported."""
    try:
        from .cli import main

        main()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    start()
