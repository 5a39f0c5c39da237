"""What a server can be told to do wrong.

A fault is a small value that is called in the handler's place, `await fault(request, handler)`:
it may ask the handler, change what that says, say something else, or raise `Disconnect`.
"""

from .answers import Answer, EmptyBody, Fields, GzipBomb, Gzipped, Html, Huge, Redirect
from .links import (
    Expired,
    Granted,
    Headers,
    IgnoreIfRange,
    IgnoreRange,
    Public,
    Refusal,
    Replaced,
)
from .plan import EVERY, Fault, FaultPlan
from .transport import BlackHole, Cut, FalseLength, Late, NoLength, Raw, Reset, Slow, Stall

__all__ = [
    "EVERY",
    "Answer",
    "BlackHole",
    "Cut",
    "EmptyBody",
    "Expired",
    "FalseLength",
    "Fault",
    "FaultPlan",
    "Fields",
    "Granted",
    "GzipBomb",
    "Gzipped",
    "Headers",
    "Html",
    "Huge",
    "IgnoreIfRange",
    "IgnoreRange",
    "Late",
    "NoLength",
    "Public",
    "Raw",
    "Redirect",
    "Refusal",
    "Replaced",
    "Reset",
    "Slow",
    "Stall",
]
