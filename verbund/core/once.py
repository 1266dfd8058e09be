"""A form sent twice acts once: each form carries a token, the second post gets the answer of the first."""

import hashlib
import re

from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone

from verbund.core import bulk

FIELD = "_once"
TOKEN_FIELDS = ("token", "path", "location", "created_at")
TOKEN = re.compile(r"[0-9a-f]{32}")


class OnceMiddleware:
    """Runs a posted view under its form's token (`{% once_token %}`).

    The token's row and everything the view does are one transaction. A view that answers with a redirect has acted: its
    token is kept and a second post is sent to the same address. Any other answer (a form with errors) frees the token.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, captured):
        if request.method != "POST" or not TOKEN.fullmatch(request.POST.get(FIELD, "")):
            return None
        return run_once(_key(request), request.path, lambda: view(request, *args, **captured))


def _key(request) -> str:
    """Return one key for sender, token and content: who goes back and sends something else has acted anew."""
    owner = request.user.pk if request.user.is_authenticated else 0
    typed = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    chosen = [(name, file.name, file.size) for name, file in request.FILES.items()]
    return hashlib.sha256(repr((owner, sorted(typed), sorted(chosen))).encode()).hexdigest()


def run_once(token: str, path: str, act):
    """Call `act` unless the token was used on this path before; then answer with the redirect of the first time."""
    from verbund.core.models import UsedToken

    used = UsedToken.objects.filter(token=token, path=path)
    with transaction.atomic():
        if not bulk.insert_unless_there(UsedToken, TOKEN_FIELDS, (token, path, "", timezone.now())):
            return redirect(used.get().location or path)
        response = act()
        if 300 <= response.status_code < 400:
            used.update(location=response["Location"])
        else:
            used.delete()
        return response
