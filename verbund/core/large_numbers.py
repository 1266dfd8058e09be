"""Numbers in addresses that no record can have: the page does not exist, whatever a view would ask the database."""

from django.http import Http404

LARGEST = 2**63 - 1
"""The largest number a database keeps as a key."""


class LargeNumbersMiddleware:
    """Answers an address with a number beyond every key as one that leads nowhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, captured):
        if any(isinstance(value, int) and value > LARGEST for value in captured.values()):
            raise Http404
