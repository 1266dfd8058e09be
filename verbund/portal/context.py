"""What every page knows."""


def page(request) -> dict:
    return {"actor": getattr(request, "actor", None)}
