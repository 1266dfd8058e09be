"""The rows of adopted guidelines, kept in memory: they never change, so each process reads them once."""

from functools import lru_cache

from django.db import connection

from verbund.programmes.lifecycle import GuidelineStatus
from verbund.programmes.models import ROW_KINDS, FundingGuideline


def rows_of(guideline: FundingGuideline, kind: str) -> list:
    """Return the rows of one kind ("rates", "deadlines" …): of an adopted version from memory, of a draft as it is now.

    Rows that came with the guideline (`with_rows`) are taken as they are.
    """
    is_fetched = kind in getattr(guideline, "_prefetched_objects_cache", {})
    if is_fetched or guideline.status != GuidelineStatus.ADOPTED:
        return list(getattr(guideline, kind).all())
    settings = connection.settings_dict
    return _kept(settings["NAME"], settings["HOST"], guideline.pk, guideline.code, guideline.adopted_at)[kind]


@lru_cache(maxsize=64)
def _kept(_database, _host, pk: int, _code: str, _adopted_at) -> dict[str, list]:
    guideline = FundingGuideline.objects.prefetch_related(*ROW_KINDS).get(pk=pk)
    return {kind: list(getattr(guideline, kind).all()) for kind in ROW_KINDS}


def forget() -> None:
    """Forget everything kept, where the rows themselves are replaced; after a restore a running server is restarted."""
    _kept.cache_clear()
