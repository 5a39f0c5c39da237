"""What a server can be told to do wrong.

A fault is a small value that is called in the handler's place, `await fault(request, handler)`:
it may ask the handler, change what that says, say something else, or raise `Disconnect`.
"""

from .answers import Answer, EmptyBody, GzipBomb, Gzipped, Html, Huge, Redirect
from .links import Expired, Headers, IgnoreIfRange, IgnoreRange, Replaced
from .plan import EVERY, Fault, FaultPlan
from .transport import BlackHole, Cut, Late, NoLength, Raw, Reset, Slow, Stall, WrongLength

__all__ = [
    "EVERY",
    "Answer",
    "BlackHole",
    "Cut",
    "EmptyBody",
    "Expired",
    "Fault",
    "FaultPlan",
    "GzipBomb",
    "Gzipped",
    "Headers",
    "Html",
    "Huge",
    "IgnoreIfRange",
    "IgnoreRange",
    "Late",
    "NoLength",
    "Raw",
    "Redirect",
    "Replaced",
    "Reset",
    "Slow",
    "Stall",
    "WrongLength",
]
