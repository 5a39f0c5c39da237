"""Show: the screens and widgets, on Textual. Nothing here asks, writes or decides."""
