"""When a task is polled again: schedule, poller, the rate that the gateway grants.

Doors: `schedule`, `interval_factor`, `poller`, `rate_limit`, `gateway_clock`.
It may import `model`, `text`.
"""
