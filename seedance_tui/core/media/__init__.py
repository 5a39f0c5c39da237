"""Videos looked at: what a file is, its frames as pictures, what one costs before it is fetched.

Doors: `budget`, `clip`, `facts`, `images`, `links`, `no_picture`, `picture`, `posters`, `preview`,
`worker`.
It may import `model`, `storage`, `text`, `api` and `files`; PyAV and Pillow, from the extra
`preview`, late and in no other room.
"""
