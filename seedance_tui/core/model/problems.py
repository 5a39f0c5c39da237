"""Everything that can go wrong, one row a problem: code, sentences, exit status, hint.

`outcomes.Problem` is one occurrence; its row tells what is the same of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...api import errors
from ...api.errors import ApiError
from ..text.i18n import N_
from ._file_problems import FILE_PROBLEMS
from ._problem_spec import ProblemSpec
from .codes import Code, Exit

__all__ = ["LOSSES", "PROBLEMS", "REFUSALS", "ProblemSpec", "spec_of"]

PROBLEMS: Mapping[type[ApiError], ProblemSpec] = {
    ApiError: ProblemSpec(
        Code.INTERNAL,
        Exit.OTHER,
        N_("Unexpected error."),
        N_("unexpected error"),
    ),
    errors.KeyMissing: ProblemSpec(
        Code.KEY_MISSING,
        Exit.NO_KEY,
        N_("No API key: set ANYFAST_API_KEY, or api_key in config.toml, and start again."),
        N_("no API key: set ANYFAST_API_KEY, or api_key in config.toml"),
        hint=N_("set ANYFAST_API_KEY, or api_key in config.toml"),
        stops_asking=True,
    ),
    errors.KeyRefused: ProblemSpec(
        Code.KEY_REFUSED,
        Exit.NO_KEY,
        N_("API key rejected. Check the key and its quota, then press R."),
        N_("the API key is rejected: check it and its quota"),
        hint=N_("check the key and its quota"),
        stops_asking=True,
    ),
    errors.KeyExhausted: ProblemSpec(
        Code.KEY_EXHAUSTED,
        Exit.NO_KEY,
        N_("Out of quota or balance: top up, then press R."),
        N_("out of quota or balance"),
        hint=N_("top up the account, or raise the key's quota"),
        stops_asking=True,
    ),
    errors.Forbidden: ProblemSpec(
        Code.FORBIDDEN,
        Exit.NO_KEY,
        N_("Access denied for this API key or IP address. Check it, then press R."),
        N_("access denied for this API key or IP address"),
        hint=N_("check the key's models and allowed addresses"),
        stops_asking=True,
    ),
    errors.TaskNotFound: ProblemSpec(
        Code.NOT_FOUND,
        Exit.NOT_FOUND,
        N_("Not found: wrong ID, another account's task, or not registered yet."),
        N_("not found: wrong ID, another account's task, or not registered yet"),
        hint=N_("check the ID and the key's account"),
    ),
    errors.WrongAddress: ProblemSpec(
        Code.WRONG_ADDRESS,
        Exit.NETWORK,
        N_("The base URL does not point to the API: check base_url."),
        N_("the base URL does not point to the API: check base_url"),
        hint=N_("check base_url"),
        stops_asking=True,
    ),
    errors.WrongPage: ProblemSpec(
        Code.WRONG_ADDRESS,
        Exit.NETWORK,
        N_("The base URL leads to a web page, not to the API: check base_url."),
        N_("the base URL leads to a web page, not to the API: check base_url"),
        hint=N_("check base_url, or log in to the network"),
        stops_asking=True,
    ),
    errors.SetupFailed: ProblemSpec(
        Code.SETUP,
        Exit.OTHER,
        N_("Cannot connect."),
        N_("cannot connect"),
        hint=N_("check the proxy, the certificates and base_url"),
        stops_asking=True,
    ),
    errors.RateLimited: ProblemSpec(
        Code.RATE_LIMITED,
        Exit.NETWORK,
        N_("Rate-limited by the gateway; retrying later."),
        N_("rate-limited by the gateway"),
        retryable=True,
    ),
    errors.ServerFault: ProblemSpec(
        Code.SERVER,
        Exit.NETWORK,
        N_("Gateway error; retrying."),
        N_("gateway error"),
        retryable=True,
    ),
    errors.BadAnswer: ProblemSpec(
        Code.BAD_ANSWER,
        Exit.NETWORK,
        N_("Invalid response from the gateway; retrying."),
        N_("invalid response from the gateway"),
        retryable=True,
    ),
    errors.PageInstead: ProblemSpec(
        Code.BAD_ANSWER,
        Exit.NETWORK,
        N_("Got a login or protection page instead of an API response. Retrying."),
        N_("got a login or protection page instead of an API response"),
        retryable=True,
    ),
    errors.AnotherTask: ProblemSpec(
        Code.BAD_ANSWER,
        Exit.NETWORK,
        N_("The response belongs to another task and is kept apart. Retrying."),
        N_("the response belongs to another task and is kept apart"),
        hint=N_("check the ID, or add the other task by its own ID"),
        retryable=True,
    ),
    errors.TimedOut: ProblemSpec(
        Code.TIMEOUT,
        Exit.NETWORK,
        N_("Gateway timeout; retrying."),
        N_("gateway timeout"),
        retryable=True,
    ),
    errors.Unreachable: ProblemSpec(
        Code.UNREACHABLE,
        Exit.NETWORK,
        N_("Cannot reach the gateway; retrying."),
        N_("cannot reach the gateway"),
        hint=N_("check the network, the proxy variables and base_url"),
        retryable=True,
    ),
    **FILE_PROBLEMS,
}
"""A row for every class that is raised; one without a row has that of its nearest ancestor."""
LOSSES = (errors.LinkExpired, errors.LinkRefused, errors.NotThere)
"""What a storage server says of a video that cannot be had any more."""
REFUSALS = (errors.KeyRefused, errors.KeyExhausted, errors.Forbidden)
"""What is said of the key, or of what it may do: a good one is refused now and then."""


def spec_of(kind: type[ApiError]) -> ProblemSpec:
    """Return the row of an error class."""
    ancestors = (c for c in kind.__mro__ if issubclass(c, ApiError))
    return next(PROBLEMS[c] for c in ancestors if c in PROBLEMS)
