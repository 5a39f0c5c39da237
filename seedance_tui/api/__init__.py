"""Talk to the gateway and to the object store: the standard library and httpx.

`client` and most of `transfer` import httpx, which costs a third of a bare start: import them late.
"""
