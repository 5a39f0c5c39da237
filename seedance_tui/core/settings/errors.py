"""What can be wrong with the settings."""


class ConfigError(Exception):
    """A setting that cannot be used; its text says which and why."""


class KeyUnusable(ConfigError):
    """The API key cannot be read from where the settings say it is."""
