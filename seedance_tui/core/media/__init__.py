"""Videos looked at: what a file is, its frames as pictures, what one costs before it is fetched.

Doors: `budget`, `clip`, `facts`, `images`, `links`, `no_picture`, `picture`, `posters`, `preview`,
`worker`.
It may import `model`, `settings`, `storage`, `text`, `api` and `files`; PyAV and Pillow, from the
extra `preview`, late and in no other room. What comes from outside is decoded in a process of its
own (`_child`), which `_process` begins and `_remote_decoder` asks.
"""
