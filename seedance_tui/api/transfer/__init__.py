"""All of one download: from a link to a complete, checked file on the disk.

Its doors are `background` (from the event loop), `download` (the blocking function itself),
`file_client`, `remote_file`, `part_file`, `retries`, `progress` and `cancel`. It imports httpx,
the rest of `api`, and the ground, `files`; never the event loop but in `background`.
"""
