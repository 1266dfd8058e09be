"""Whether a request belongs to the demonstration; until the guard of core is there, the strictest short form of it."""

try:
    from verbund.core.demo_guard import is_demo_request
except ImportError:
    from django.conf import settings

    def is_demo_request(request) -> bool:
        """Loopback server, loopback host, no proxy in between, no production key."""
        forwarded = any(name.startswith(("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_VIA")) for name in request.META)
        host = request.get_host().rsplit(":", 1)[0]
        local = request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and host in settings.LOOPBACK_HOSTS
        return local and not forwarded and not settings.IS_PRODUCTION


__all__ = ["is_demo_request"]
