"""Reading single settings: the TOML file, checked values, the API key, remembered choices.

Doors: `toml_file`, `values`, `errors`, `api_key`, `screen`, `notifications`, `choices`.
It may import `storage`, `text`.
"""
