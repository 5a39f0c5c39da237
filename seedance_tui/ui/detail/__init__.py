"""What the detail pane shows, as lines and places; no widget is in here.

Doors: `page`, `fields_page`, `json_page`, `timeline`, `group_page`, `versus_page`,
`differences_page`, `side_by_side`, `navigation`, `highlight`.
It may import `drawing` and `core`.
"""
