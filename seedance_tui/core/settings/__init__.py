"""Reading single settings: the TOML file, checked values, the API key, remembered choices.

Doors: `toml_file`, `values`, `errors`, `api_key`, `key_warnings`, `screen`, `notifications`,
`hooks`, `auto_save`, `choices`, `stored_key`.
It may import `storage`, `text`.
"""
