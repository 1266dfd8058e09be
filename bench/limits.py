"""What Django itself needs on this machine: the limits our operations are compared with.

Each runs with the middleware of a fresh Django project and plain templates.
"""

import os
from functools import cache
from itertools import cycle

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.test import override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from verbund.core.models import StoredFile, UsedToken
from verbund.core.search.query import Question
from verbund.offers.indexing import KIND
from verbund.offers.models import Offer

ROWS = 20
QUESTIONS: list = []
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


def full_text_page(request):
    """Find, count and rank by terms already analysed, then read twenty entries: the database's work, and a page."""
    count, ids = by_hand(next(QUESTIONS[0]))
    rows = Offer.objects.filter(pk__in=ids).values(
        "pk",
        name=F("title"),
        kind=F("status"),
        size=F("version"),
        content_type=F("summary"),
        created_at=F("changed_at"),
    )
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
    path("full-text-page/", full_text_page),
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


def full_text_ms(texts: list[str]) -> float:
    """Measure the full-text page for some questions in CPU milliseconds."""
    from bench.harness import Visitor, measure

    QUESTIONS[:] = [cycle([Question.of(KIND, text, None, prefix=True) for text in texts])]
    with override_settings(ROOT_URLCONF="bench.limits", MIDDLEWARE=MIDDLEWARE, **plain_templates()):
        visitor = Visitor()
        return measure(lambda: visitor.get("/full-text-page/").expect(200), rounds=1).cpu_ms


def by_hand(question: Question) -> tuple[int, list[int]]:
    """Count and rank with plain SQL; return the number of hits and twenty ids."""
    first = question.span[0]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM core_search WHERE core_search MATCH %s", [question.expression])
            count = cursor.fetchone()[0]
            ranked = "SELECT rowid FROM core_search WHERE core_search MATCH %s ORDER BY rank LIMIT %s"
            cursor.execute(ranked, [question.expression, ROWS])
        else:
            found = "FROM core_searchentry WHERE vector @@ %s::tsquery"
            cursor.execute(f"SELECT count(*) {found}", [question.expression])
            count = cursor.fetchone()[0]
            ranked = f"SELECT id {found} ORDER BY ts_rank(vector, %s::tsquery) DESC LIMIT %s"
            cursor.execute(ranked, [question.expression, question.expression, ROWS])
        return count, [number - first for (number,) in cursor.fetchall()]


def plain_templates() -> dict:
    processors = [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
    backend = "django.template.backends.django.DjangoTemplates"
    return {"TEMPLATES": [{"BACKEND": backend, "APP_DIRS": True, "OPTIONS": {"context_processors": processors}}]}
