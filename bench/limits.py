"""What Django itself needs on this machine: the limits our operations are compared with.

Each runs with the middleware of a fresh Django project and plain templates.
"""

import os
from functools import cache

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.test import override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from verbund.core.models import StoredFile, UsedToken

ROWS = 20
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATE = """<!doctype html><html lang="de"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
<p>{{ count }} Zeilen</p><ul>{% for row in rows %}
<li><h2><a href="{% url 'row' row.pk %}">{{ row.name }}</a></h2><p>{{ row.kind }} · {{ row.size }} Bytes</p>
<p>{% if row.content_type %}{{ row.content_type }}{% endif %} {{ row.created_at|date:"d.m.Y H:i" }}</p></li>{% endfor %}
</ul></body></html>"""


def hello(request):
    return HttpResponse("hello")


def page(request):
    return HttpResponse(template().render({"title": "Seite", "rows": rows_in_memory(), "count": ROWS}, request))


def orm_page(request):
    rows = StoredFile.objects.order_by("-pk")[:ROWS]
    count = StoredFile.objects.count()
    return HttpResponse(template().render({"title": "Seite", "rows": rows, "count": count}, request))


@csrf_exempt
def insert(request):
    with transaction.atomic():
        UsedToken.objects.create(token=next_token(), path=request.POST["path"])
    return redirect("/")


def row(request, pk):
    return render(request, "404.html")


urlpatterns = [
    path("hello/", hello),
    path("page/", page),
    path("orm-page/", orm_page),
    path("insert/", insert),
    path("row/<int:pk>/", row, name="row"),
]


@cache
def template():
    return engines["django"].from_string(TEMPLATE)


@cache
def rows_in_memory() -> list:
    return list(StoredFile.objects.order_by("-pk")[:ROWS])


def next_token() -> str:
    return os.urandom(16).hex()


def cpu_ms(name: str) -> float | None:
    """Measure a limit (`hello`, `page`, `orm page`, `insert`) in CPU milliseconds; None for any other name."""
    from bench.harness import Visitor, measure

    if name not in {"hello", "page", "orm page", "insert"}:
        return None
    with override_settings(ROOT_URLCONF="bench.limits", MIDDLEWARE=MIDDLEWARE, **plain_templates()):
        visitor = Visitor()
        if name == "insert":
            return measure(lambda: visitor.post("/insert/", {"path": "/"}).expect(302)).cpu_ms
        address = {"hello": "/hello/", "page": "/page/", "orm page": "/orm-page/"}[name]
        return measure(lambda: visitor.get(address).expect(200)).cpu_ms


def plain_templates() -> dict:
    processors = [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
    backend = "django.template.backends.django.DjangoTemplates"
    return {"TEMPLATES": [{"BACKEND": backend, "APP_DIRS": True, "OPTIONS": {"context_processors": processors}}]}
