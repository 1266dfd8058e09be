"""The measurements are there, by the names others rely on, and measure what they say."""

import pytest
from django.db import connection

from bench import registry
from bench.harness import Figures, Visitor, measure


def test_these_operations_can_be_measured():
    assert set(registry.operations()) == {
        "accompaniment_entry",
        "accompaniment_week",
        "advising_centre",
        "advising_network",
        "centre_list",
        "centre_proof",
        "coverage_map",
        "editor_list",
        "create_application",
        "front_page",
        "import_rows",
        "notice_pdf",
        "page_phone",
        "process",
        "public_detail",
        "public_offer_detail",
        "public_search",
        "public_search_100k",
        "public_unchanged",
        "recompute_notices",
        "search_core",
        "staff_detail",
        "staff_list",
        "title_balance",
        "worklist",
    }


@pytest.mark.django_db
def test_a_page_is_measured_with_its_statements_and_its_size():
    visitor = Visitor()

    figures = measure(lambda: visitor.get("/healthz").expect(200), times=2)

    assert (figures.sql, figures.bytes) == (0, 2)
    assert figures.cpu_ms > 0


def test_the_ratio_is_the_time_of_the_limit_by_ours():
    found = registry.Operation(
        "x", lambda: Figures(4.0, sql=3, bytes=9, rows=1, limit_ms=1.0), "other", "≥ 20 %"
    ).measure()

    assert found == {
        "operation": "x",
        "cpu_ms": 4.0,
        "sql": 3,
        "bytes": 9,
        "limit": "other",
        "limit_cpu_ms": 1.0,
        "ratio": 0.25,
        "rows": 1,
        "database": connection.vendor,
        "must": "≥ 20 %",
    }
