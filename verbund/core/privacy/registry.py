"""The declarations."""

from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

type Text = str | Promise

DECLARATIONS: dict = {}
BY_EMAIL = "email:"
ITSELF = {"self", "pk", "id", ""}
DELETE_ROW = "delete"
WAYS = {"blank", "pseudonym", "keep"}
BY_CLOCK = gettext_lazy("der Hintergrunddienst, von selbst")


@dataclass(frozen=True)
class Declaration:
    """What one model holds about persons; `personal` maps field names to why they are kept.

    `subjects` are the ways to the person concerned; `erase` says what erasure leaves of a field (or of the row).
    """

    model: type[Model]
    purpose: Text
    legal_basis: Text = ""
    recipients: Text = ""
    retention: Text = ""
    personal: dict = field(default_factory=dict)
    subjects: tuple = ()
    erase: dict | str = field(default_factory=dict)
    personal_note: bool = False
    withheld: frozenset = frozenset()
    copied: tuple = ()
    is_personal: bool = True
    has_own_key: bool = False
    seals_texts: bool = False
    unsealed: frozenset = frozenset()
    goes_by: Text = ""


def declare(
    model,
    *,
    purpose: Text,
    legal_basis: Text,
    recipients: Text,
    retention: Text,
    personal: dict,
    subject: str | tuple | None,
    erase: dict | str | None = None,
    personal_note: bool = False,
    withheld: tuple = (),
    copied: tuple = (),
    has_own_key: bool = False,
    seals_texts: bool = False,
    unsealed: tuple = (),
    goes_by: Text = "",
) -> None:
    """Declare a model with personal data.

    `personal`: field name → why it is kept. The audit trail encrypts these fields.
    `subject`: lookup path to the person ("user", "membership__user", "self" for the person's own row, "email:to" where
    only an address names them); several as a tuple, the first one's key encrypts; None for persons without an account.
    `erase`: what erasure does, "delete" for the whole row or per field "blank", "pseudonym", "keep" or a function of
    the record that returns the new value. Fields left out: emptied, or given a pseudonym where they must be filled;
    links to the person stay, for they lead to a pseudonym.
    `personal_note`: notes of acts on this model may speak of the person and are encrypted in the trail.
    `withheld`: fields a person's copy leaves out (password hashes, keys).
    `copied`: fields that name nobody by themselves (function, period) but belong into the copy of the person's rows.
    `has_own_key`: the trail encrypts with a key of the record, although it concerns a person with an account, because
    the record goes before the person does; erasing the person destroys it, too.
    `seals_texts`: what the trail keeps of the record's free texts and notes is encrypted with a key of the record. Who
    reads the history reads them, until the record goes and the key with it, or a passage is cut out of them. A record
    that is part of a whole names it as its `key_holder`: all texts of a whole lie under one key.
    `unsealed`: what is recorded under these names is nothing people wrote and stays in clear text.
    `goes_by`: what deletes at the end of the retention: the clock (`BY_CLOCK`) or an act of people.
    """
    subjects = () if subject is None else (subject,) if isinstance(subject, str) else tuple(subject)
    for name in (*personal, *withheld, *copied, *(erase if isinstance(erase, dict) else ())):
        _refuse_unknown(model, name)
    ways = erase.values() if isinstance(erase, dict) else [erase or DELETE_ROW]
    for way in ways:
        if not callable(way) and way not in (WAYS if isinstance(erase, dict) else {DELETE_ROW}):
            raise ImproperlyConfigured(f"{model._meta.label}: {way!r} is no way to erase")
    DECLARATIONS[model] = Declaration(
        model, purpose, legal_basis, recipients, retention, dict(personal), subjects, erase or {}, personal_note,
        frozenset(withheld), tuple(copied), True, has_own_key, seals_texts, frozenset(unsealed), goes_by,
    )  # fmt: skip


def holds_no_personal_data(
    *models: type[Model], because: Text, seals_texts: bool = False, unsealed: tuple = ()
) -> None:
    """Declare models that say nothing about persons, and why that is so.

    `seals_texts` as in `declare`: for texts that are to name nobody, so that a slip can be cut out of the trail too.
    """
    for model in models:
        DECLARATIONS[model] = Declaration(
            model, because, is_personal=False, seals_texts=seals_texts, unsealed=frozenset(unsealed)
        )


def _refuse_unknown(model, name: str) -> None:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist as problem:
        raise ImproperlyConfigured(f"{model._meta.label} has no field {name!r} to declare") from problem


def declaration_of(model) -> Declaration | None:
    """Return the declaration of a model, or None."""
    return DECLARATIONS.get(model)


def undeclared_models() -> list[str]:
    """Return the labels of the models nobody has declared; tables that only link two models count with theirs."""
    return sorted(model._meta.label for model in apps.get_models() if model not in DECLARATIONS)


def personal_names(declaration: Declaration) -> frozenset:
    """Return the names of the personal fields, links both as `user` and `user_id`."""
    columns = (declaration.model._meta.get_field(name) for name in declaration.personal)
    return frozenset(declaration.personal) | {getattr(column, "attname", column.name) for column in columns}


def is_about(declaration: Declaration, user) -> Q:
    """Return the condition for the rows that concern a person."""
    condition = Q(pk__in=[])
    for path in declaration.subjects:
        if path in ITSELF:
            condition |= Q(pk=user.pk)
        elif path.startswith(BY_EMAIL):
            condition |= Q(**{f"{path.removeprefix(BY_EMAIL)}__iexact": user.email})
        else:
            condition |= Q(**{path: user})
    return condition


def key_name(user_pk) -> str:
    """Return the name of a person's key."""
    return f"user:{user_pk}"


def subject_of(target, declaration: Declaration) -> str:
    """Return the name of the key for a record's personal values: that of its person, else one of the record's own.

    A record with a `key_number` above 0 has got a new key of its own since an earlier one was destroyed. What concerns
    nobody in particular lies where the record's free texts lie.
    """
    if declaration.has_own_key:
        return own_key_of(target)
    user_model = apps.get_model(settings.AUTH_USER_MODEL)
    for path in declaration.subjects:
        if path in ITSELF and isinstance(target, user_model):
            return key_name(target.pk)
        if path in ITSELF:
            continue
        user_pk = _by_email(target, path) if path.startswith(BY_EMAIL) else _along(target, path)
        if user_pk is not None:
            return key_name(user_pk)
    return own_key_of(target) if declaration.subjects else text_key_of(target)


def own_key_of(target, number: int | None = None) -> str:
    """Return the name of a record's own key: the one in use, or with `number` an earlier one (0 the first)."""
    number = getattr(target, "key_number", 0) if number is None else number
    return f"{target._meta.label}:{target.pk}" + (f"/{number}" if number else "")


def text_key_of(target) -> str:
    """Return the name of the key under which a record's free texts lie: that of the whole it is part of, or its own."""
    return own_key_of(getattr(target, "key_holder", target))


def _along(target, path: str):
    """Follow a path of links to the id of the person at its end; None where a link is empty."""
    *links, last = path.split("__")
    for link in links:
        target = getattr(target, link, None)
        if target is None:
            return None
    return getattr(target, target._meta.get_field(last).attname)


def _by_email(target, path: str):
    users = apps.get_model(settings.AUTH_USER_MODEL)._base_manager
    address = getattr(target, path.removeprefix(BY_EMAIL))
    return users.filter(email__iexact=address).values_list("pk", flat=True).first() if address else None
