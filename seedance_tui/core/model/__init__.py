"""Frozen values of a task and its files, and the store that folds outcomes into them.

Doors: `watched`, `codes`, `problems`, `outcomes`, `judgement`, `urgency`, `run_times`,
`file_states`, `entry`, `store`, `fields`.
It may import `text`.
"""
