"""A simulated gateway and object store on this machine, for `--demo` and for the tests."""

from .clock import ManualClock
from .faults import EVERY, FaultPlan
from .gateway import Gateway
from .messages import Request
from .objects import Blob
from .scenario import SCENARIO
from .simulation import Demo, running_demo
from .store import Store
from .tasks import DemoTask, Failure, Step

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
    "Request",
    "Step",
    "Store",
    "running_demo",
]
