"""What the calculations answer to input that makes no sense."""

from verbund.core.errors import DomainError


class InputRefused(DomainError):
    """The input cannot be computed; `field` is its path, such as `posts[2].occupied[0].from`."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message, field=field)
