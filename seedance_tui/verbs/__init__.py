"""The headless commands: plain text and JSON, no Textual."""

import argparse
from collections.abc import Mapping, Sequence

VERBS = ("add", "remove", "list", "show", "wait", "download", "export", "doctor", "paths")


def run(
    verb: str,
    argv: Sequence[str],
    parents: Sequence[argparse.ArgumentParser],
    environ: Mapping[str, str],
) -> int:
    """Run a verb and return the exit status."""
    raise NotImplementedError
