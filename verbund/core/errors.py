"""The base of every refusal of the domain."""


class DomainError(Exception):
    """A refusal: `str(error)` is the German sentence for the screen, `field` the form field it belongs to (or None).

    `status` is that of the page which shows it (RFC 9110).
    """

    field: str | None = None
    status = 422

    def __init__(self, message: str, *, field: str | None = None):
        super().__init__(message)
        self.field = field


def show_on(form, refusal: DomainError) -> None:
    """Put a refusal on the form it came from, at its field where the form has one."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
