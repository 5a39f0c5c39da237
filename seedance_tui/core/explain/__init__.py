"""Why a task failed, in a sentence, and what to try next.

Door: `explain`.
It may import `text`.
"""
