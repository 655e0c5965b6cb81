"""The checks of ./dev check. Each names the accident that it prevents, in its own docstring."""
