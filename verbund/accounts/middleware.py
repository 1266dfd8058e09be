"""Between sign-in and the pages: the second factor first; nothing typed is lost when a session has ended."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve

from verbund.accounts import kept_forms, second_factor
from verbund.core.demo_guard import is_demo_request

OPEN_WITHOUT_SECOND_FACTOR = {
    "mfa_activate_totp",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "core:alive",
    "core:ready",
    "accounts:demo-sign-in",
}


class SecondFactorMiddleware:
    """Sends people without a second factor to set it up; ends sessions of demonstration accounts outside of one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and user.is_demo and not is_demo_request(request):
            logout(request)
        elif user.is_authenticated and second_factor.is_missing(request) and not _is_open(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def _is_open(request) -> bool:
    if request.path.startswith(settings.STATIC_URL):
        return True
    try:
        return resolve(request.path_info).view_name in OPEN_WITHOUT_SECOND_FACTOR
    except Resolver404:
        return False


class KeepTypedMiddleware:
    """Answers a form sent after the session has ended with a sign-in page that keeps what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        came_without_session = request.method == "POST" and not request.user.is_authenticated
        response = self.get_response(request)
        if not came_without_session or not _asks_for_sign_in(response):
            return response
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403)
        return kept_forms.sign_in_and_continue(request)


def _asks_for_sign_in(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith(f"{resolve_url(settings.LOGIN_URL)}?next=")
