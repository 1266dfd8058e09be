"""Every address is guarded: gated, or marked as public on purpose."""

from django.urls import URLResolver, get_resolver

PUBLIC = {
    "core:alive",
    "core:ready",
    "core:security-text",
    "core:favicon",
    "portal:home",
    "portal:tour",
    "offers:finder",
    "offers:offer",
    "offers:offer-qr",
    "offers:offer-print",
    "offers:offer-map",
    "offers:offer-calendar",
    "offers:calendar",
    "offers:feed",
    "offers:brochure",
    "offers:brochure-of-centre",
    "offers:points",
    "offers:report",
    "offers:report-thanks",
    "offers:confirm-entries",
    "offers:confirm-all",
    "offers:inclusion-rules",
    "offers:propose",
    "offers:propose-in",
    "offers:propose-change",
    "offers:proposal-submit",
    "offers:proposal-save",
    "offers:proposal-more-places",
    "offers:proposal-draft",
    "offers:proposal-draft-mail",
    "offers:proposal-status",
    "offers:proposal-thanks",
    "offers:proposal-withdraw",
    "offers:house-link",
    "offers:house",
    "offers:house-new",
    "offers:house-change",
    "advising:enquiry-ask",
    "advising:enquiry-status",
    "advising:enquiry-add",
    "advising:enquiry-delete",
    "advising:topics",
    "advising:topic",
    "advising:network-link",
    "advising:network-link-open",
    "advising:network-link-answer",
    "advising:network-link-task",
    "advising:network-link-paper",
    "advising:network-link-minutes",
    "advising:network-link-calendar",
    "offers:open-data",
    "offers:offer-data",
    "hsds:about",
    "hsds:openapi",
    "hsds:services",
    "hsds:service",
    "hsds:organizations",
    "hsds:organization",
    "hsds:taxonomies",
    "hsds:taxonomy",
    "hsds:taxonomy-terms",
    "hsds:taxonomy-term",
    "hsds:service-at-locations",
    "hsds:service-at-location",
    "hsds:nothing",
    "sitemap",
    "sitemap-part",
    "robots",
    "saved",
    "saved-qr",
    "saved-offline",
    "app-manifest",
    "service-worker",
    "directory:imprint",
    "directory:privacy",
    "directory:accessibility",
    "directory:publisher-page",
    "directory:centre-list",
    "directory:coverage",
    "portal:centre",
    "directory:network",
    "directory:figures",
    "directory:comparison",
    "directory:names",
    "directory:centres-csv",
    "directory:centres-xlsx",
    "directory:centres-geojson",
    "directory:invitation",
    "programmes:home",
    "programmes:guideline",
    "programmes:values",
    "calculator:calculator",
    "calculator:interest",
    "calculator:deadline",
    "funding:open-data",
    "funding:open-data-grants",
    "funding:verify",
    "funding:verification",
    "accounts:demo-sign-in",
    "portal:demonstration",
    "core:demo-day",
    "account_login",
    "mfa_authenticate",
    "account_inactive",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


def addresses(patterns=None, namespaces=()):
    """Return all URL patterns of the site with their full names."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield ":".join((*namespaces, pattern.name or str(pattern.pattern))), pattern


def test_every_address_is_gated_or_marked_as_public():
    unguarded = {
        name for name, found in addresses() if getattr(found.callback, "access", "") not in {"gated", "public"}
    }

    assert unguarded == set()


def test_the_public_addresses_are_exactly_these():
    assert {name for name, found in addresses() if getattr(found.callback, "access", "") == "public"} == PUBLIC


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _found in addresses()]

    assert len(names) == len(set(names))
