"""How pages of ventures act: the template, and the way back to the venture, are always the same."""

from verbund.core import acts


def with_form(request, form, act, *, venture, title, label, done, intro="", anchor=""):
    """Show a form about a venture; when it is right, act and go back to its page."""
    return acts.act_with_form(
        request,
        form,
        act,
        template="advising/act.html",
        title=title,
        label=label,
        done=done,
        intro=intro,
        back=address(venture, anchor),
        subject=venture,
    )


def at_once(request, act, *, venture, done, anchor=""):
    """Act by a button and go back to the venture."""
    return acts.act_at_once(request, act, back=address(venture, anchor), done=done)


def address(venture, anchor: str = "") -> str:
    return venture.get_absolute_url() + (f"#{anchor}" if anchor else "")
