"""All of one download: from a link to a complete, checked file on the disk.

Doors: `background`, `claims`, `download`, `file_client`, `remote_file`, `part_file`,
`ranges`, `retries`, `same_file`.
It may import httpx, the rest of `api`, and `files`; the event loop in `background` alone.
"""
