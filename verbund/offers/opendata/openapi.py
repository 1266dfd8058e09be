"""The description of the open data (OpenAPI 3.1): exactly the addresses there are, with the parameters they take."""

from django.urls import URLPattern, reverse

from verbund.offers.opendata.parameters import PARAMETERS, UID

VERSION = "3.1"
SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/"
OBJECTS = {
    "services": "service",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "service_at_locations": "service_at_location",
}
"""What an address answers with: the first part of its path, and the HSDS object."""

TEXT, WHOLE, SWITCH = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
HEAD = {
    "total_items": WHOLE,
    "total_pages": WHOLE,
    "page_number": WHOLE,
    "size": WHOLE,
    "first_page": SWITCH,
    "last_page": SWITCH,
    "empty": SWITCH,
}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": TEXT, "parameter": TEXT},
}
INFO = {
    "title": "Verbund: Angebote als offene Daten",
    "version": "1",
    "summary": "Human Services Data Specification (HSDS) 3.1, nur lesend",
    "description": (
        "Alle öffentlichen Einträge des Angebotsfinders. Parameter gelten zugleich (UND). Uhrzeiten sind die in "
        "Europe/Berlin; der Versatz ist der am Tag der Antwort. Kennungen bleiben. Texte sind deutsch; in anderen "
        "Sprachen stehen sie unter translations (eigenes Feld), mit Herkunft, Prüftag und ob sie veraltet sind. Von "
        "einer geschützten Adresse steht hier nur der Ort. Welche Lizenz für die Daten gilt, sagt der Betrieb."
    ),
}


def document(base: str) -> dict:
    """Return the description, for a site with this address (no slash at the end)."""
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": base + reverse("hsds:about")[:-1]}],
        "paths": {path: {"get": _operation(path, view)} for path, view in routes()},
        "components": {
            "parameters": {one.name: _parameter(one) for one in PARAMETERS.values()},
            "schemas": {"Page": _page(), "Error": ERROR},
        },
    }


def routes() -> list[tuple[str, object]]:
    """Return path and view of every address, as the description writes paths."""
    from verbund.offers.opendata.urls import urlpatterns

    patterns = [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern) and pattern.name != "nothing"]
    return [(f"/{pattern.pattern}".replace("<uuid:uid>", "{id}"), pattern.callback) for pattern in patterns]


def _operation(path: str, view) -> dict:
    stem, is_one = path.strip("/").split("/")[0], path.endswith("{id}")
    answers = {"200": {"description": view.__doc__, **_content(_schema(stem, is_one=is_one))}}
    answers["400"] = {"description": "Ein Parameter ist falsch.", **_content({"$ref": "#/components/schemas/Error"})}
    if is_one:
        answers["404"] = {"description": "Nicht öffentlich.", **_content({"$ref": "#/components/schemas/Error"})}
    parameters = [{"$ref": f"#/components/parameters/{name}"} for name in view.parameters]
    if is_one:
        parameters.append({"name": "id", "in": "path", "required": True, "schema": UID})
    name = view.__name__ if is_one or stem not in OBJECTS else f"list_{view.__name__}"
    return {"operationId": name, "summary": view.__doc__, "parameters": parameters, "responses": answers}


def _schema(stem: str, *, is_one: bool) -> dict:
    if stem not in OBJECTS:
        return {"type": "object"}
    one = {"$ref": f"{SCHEMAS}{OBJECTS[stem]}.json"}
    if is_one:
        return one
    contents = {"type": "object", "properties": {"contents": {"type": "array", "items": one}}}
    return {"allOf": [{"$ref": "#/components/schemas/Page"}, contents]}


def _content(schema: dict) -> dict:
    return {"content": {"application/json": {"schema": schema}}}


def _parameter(one) -> dict:
    return {"name": one.name, "in": "query", "required": False, "description": one.meaning, "schema": one.schema}


def _page() -> dict:
    properties = {**HEAD, "contents": {"type": "array"}}
    return {"type": "object", "required": sorted(properties), "properties": properties}
