"""Which tasks a view shows, and in which order: filter, sorting, groups, views.

Doors: `filter`, `filter_completion`, `filter_values`, `suggestions`, `sorting`, `views`, `listing`,
`grouping`, `own_views`.
It may import `model`, `settings`, `text`.
"""
