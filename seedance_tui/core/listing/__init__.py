"""Which tasks a view shows, and in which order: filter, sorting, views.

Doors: `filter`, `filter_completion`, `filter_values`, `suggestions`, `sorting`, `views`, `listing`.
It may import `model`, `text`.
"""
