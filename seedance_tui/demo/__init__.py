"""A simulated gateway and object store on this machine, for `--demo` and for the tests."""

from .clock import ManualClock
from .faults import EVERY, FaultPlan
from .gateway import Gateway
from .messages import Request
from .objects import Blob
from .scenario import SCENARIO
from .simulation import Demo, running_demo
from .store import ObjectStore
from .tasks import DemoTask, Failure, Stage

__all__ = [
    "EVERY",
    "SCENARIO",
    "Blob",
    "Demo",
    "DemoTask",
    "Failure",
    "FaultPlan",
    "Gateway",
    "ManualClock",
    "ObjectStore",
    "Request",
    "Stage",
    "running_demo",
]
