"""When a task is polled again: schedule, poller, the rate that the gateway grants, who asks.

Doors: `schedule`, `interval_factor`, `poller`, `rate_limit`, `gateway_clock`, `key_check`,
`shared_questions`.
It may import `model`, `storage`, `text`.
"""
