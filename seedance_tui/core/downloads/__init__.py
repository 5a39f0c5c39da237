"""Which files are downloaded, when, to where, and what became of them.

Doors: `files`, `queue`, `summary`, `ledger`, `deadlines`, `losses`, `refusals`, `remarks`.
It may import `config`, `media`, `model`, `naming`, `settings`, `storage`, `text`.
"""
