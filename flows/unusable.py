"""How a command says that it cannot do what was asked."""

from __future__ import annotations


class Unusable(Exception):
    """The call cannot be carried out as it was made. The message says what to do."""
