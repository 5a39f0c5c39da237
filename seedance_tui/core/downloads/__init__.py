"""Which files are downloaded, when, to where, and what was: the queue and what runs it.

Its doors are `files` (all of it at one), `queue` and `summary` (for who shows it), `ledger`,
`deadlines` and `auto_save`. It imports the entries of tasks and their states, naming, settings and
storage, and `api`.
"""
