"""When a task is polled again: schedule, poller, learned run times.

Doors: `schedule`, `poller`, `run_times`, `gateway_clock`.
It may import `model`, `text`.
"""
