"""Why a task failed, in a sentence, and what to try next.

Doors: `explain`, `advice`, `causes`.
It may import `text`.
"""
