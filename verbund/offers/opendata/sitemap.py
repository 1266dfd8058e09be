"""What search engines are told: the public pages, and that they may be read."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.directory.models import Centre
from verbund.offers import queries, reading
from verbund.offers.views.pages import query_of

MOST_ON_A_PAGE = 10_000


class InAllLanguages(Sitemap):
    """Pages that can be read in each language of the finder: search engines are told where."""

    def get_urls(self, page=1, site=None, protocol=None):
        urls = super().get_urls(page=page, site=site, protocol=protocol)
        for url in urls:
            url["alternates"] = [
                {"lang_code": reading.tag_of(code), "location": url["location"] + query_of(code)}
                for code in reading.PAGE_LANGUAGES
            ]
        return urls


class Pages(Sitemap):
    """The pages there is one of."""

    names = ("portal:home", "offers:open-data", "directory:centre-list", "directory:network")

    def items(self):
        return [reverse(name) for name in self.names]

    def location(self, item):
        return item


class Centres(Sitemap):
    """The page of each centre."""

    limit = MOST_ON_A_PAGE

    def items(self):
        return Centre.objects.order_by("key").only("key", "changed_at")

    def lastmod(self, item):
        return item.changed_at


class Finder(InAllLanguages):
    """The finder itself."""

    def items(self):
        return [reverse("offers:finder")]

    def location(self, item):
        return item


class Offers(InAllLanguages):
    """The page of each entry everybody sees."""

    limit = MOST_ON_A_PAGE

    def items(self):
        return queries.public_offers(on=today()).order_by("pk").only("pk", "changed_at")

    def lastmod(self, item):
        return item.changed_at


SECTIONS = {"seiten": Pages, "zentren": Centres, "finder": Finder, "angebote": Offers}
ROBOTS = """User-agent: *
Allow: /
Disallow: /anmelden/
Disallow: /angebote/pflege/

Sitemap: {sitemap}
"""


@public
@require_safe
def index(request):
    """The list of the parts of the sitemap."""
    names = {"template_name": "offers/sitemap_index.xml", "sitemap_url_name": "sitemap-part"}
    return sitemap_views.index(request, sitemaps=SECTIONS, **names)


@public
@require_safe
def part(request, section: str):
    """A part of the sitemap."""
    return sitemap_views.sitemap(request, SECTIONS, section=section, template_name="offers/sitemap.xml")


@public
@require_safe
def robots(request):
    """What programs may read: all that is public."""
    text = ROBOTS.format(sitemap=request.build_absolute_uri(reverse("sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
