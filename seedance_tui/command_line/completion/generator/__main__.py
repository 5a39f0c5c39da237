"""Write the scripts that are shipped."""

from .scripts import scripts

for path, text in scripts():
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
