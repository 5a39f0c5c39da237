"""Why a task failed, in a sentence, and what to try next.

Doors: `explain`, `in_short`, `causes`.
It may import `text`.
"""
