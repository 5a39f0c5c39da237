"""When a task is polled again: schedule, poller, the rate that the gateway grants.

Doors: `schedule`, `interval_factor`, `poller`, `rate_limit`, `gateway_clock`, `key_check`.
It may import `model`, `text`.
"""
