"""What pages may ask of a device: nothing, unless a page says so itself."""

POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
WITH_POSITION = POLICY.replace("geolocation=()", "geolocation=(self)")
"""For a page on which visitors may tell where they are."""


class DevicePolicyMiddleware:
    """Adds the Permissions-Policy to every answer that does not bring its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response
