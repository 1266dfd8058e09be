"""Answering: a whole page, or for htmx the one part of it that changed."""

from django.shortcuts import render


def show(request, template: str, context: dict | None = None, *, parts=(), status: int = 200):
    """Render a page; when htmx replaces an element whose id is in `parts`, only the partial of that name."""
    htmx = getattr(request, "htmx", None)
    if htmx and htmx.target in parts:
        template = f"{template}#{htmx.target}"
    return render(request, template, context or {}, status=status)
