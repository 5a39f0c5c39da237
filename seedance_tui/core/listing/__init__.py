"""Which tasks a view shows, and in which order: filter, sorting, groups, views.

Doors: `filter`, `filter_completion`, `sorting`, `views`, `listing`, `grouping`,
`own_views`.
It may import `model`, `settings`, `text`.
"""
