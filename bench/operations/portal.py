"""The front page: what the server spends on it, and what a phone on a slow line waits for."""

from pathlib import Path
from statistics import median

from django.conf import settings

from bench.harness import Figures, Visitor, measure
from bench.operations.process import Server
from bench.registry import operation
from tests.support import browser as browsers
from verbund.directory.models import Centre

LOADS = 3
PATIENCE_MS = 15_000
PHONE = {"width": 360, "height": 640}
CPU_SLOWDOWN = 4
SLOW_LINE = {
    "offline": False,
    "latency": 150,  # ms there and back
    "downloadThroughput": 1_600_000 / 8,  # bytes a second
    "uploadThroughput": 750_000 / 8,
}
MARKS = """() => new Promise(done => {
  const marks = {lcp: 0, cls: 0};
  const watch = (type, see) => new PerformanceObserver(list => list.getEntries().forEach(see)).observe(
    {type, buffered: true});
  watch("largest-contentful-paint", entry => { marks.lcp = entry.startTime; });
  watch("layout-shift", entry => { if (!entry.hadRecentInput) marks.cls += entry.value; });
  setTimeout(() => done(marks), 500);
})"""
"""The largest paint so far in ms since navigation, and the sum of all shifts of the layout."""


@operation("front_page", limit="page", goal="≥ 30 % of the page limit, ≤ 5 SQL")
def front_page() -> Figures:
    """The front page as a visitor opens it; beside it the answer to a postcode and to a name."""
    visitor = Visitor()
    figures = measure(lambda: visitor.get("/").expect(200), rows=Centre.objects.count())
    for name, address in {"postcode": "/?ort=59174", "name": "/?ort=Kamen"}.items():
        answer = measure(lambda address=address: visitor.get(address).expect(200), times=20)
        figures.more[f"{name}_cpu_ms"] = round(answer.cpu_ms, 3)
        figures.more[f"{name}_sql"] = answer.sql
    return figures


@operation("page_phone", goal="≤ 100 KiB, ≤ 25 KiB JavaScript, LCP ≤ 1500 ms, CLS ≤ 0.02")
def page_phone() -> Figures:
    """The front page on a slow phone and a slow line, with an empty cache: the median of some loads."""
    from playwright.sync_api import sync_playwright

    with Server(Path(settings.DATA_DIR) / "phone") as server, sync_playwright() as playwright:
        server.get("/")
        chromium = playwright.chromium.launch(executable_path=browsers.program(), args=browsers.ARGUMENTS)
        try:
            loads = [load(chromium, f"http://127.0.0.1:{server.port}/") for _time in range(LOADS)]
        finally:
            chromium.close()
    middle = {name: median(one[name] for one in loads) for name in loads[0]}
    return Figures(
        None,
        bytes=int(middle["bytes"]),
        more={
            "kib": round(middle["bytes"] / 1024, 1),
            "js_kib": round(middle["js_bytes"] / 1024, 1),
            "requests": int(middle["requests"]),
            "lcp_ms": round(middle["lcp"]),
            "lcp_best_ms": round(min(one["lcp"] for one in loads)),
            "cls": round(max(one["cls"] for one in loads), 4),
            "loads": LOADS,
        },
    )


def load(chromium, address: str) -> dict:
    """Load an address once as a slow phone; return bytes over the line (heads included), requests, LCP in ms, CLS."""
    context = chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        developer = context.new_cdp_session(page)
        sizes, scripts = watch(developer)
        developer.send("Network.emulateNetworkConditions", SLOW_LINE)
        developer.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
        page.goto(address, wait_until="networkidle")
        marks = page.evaluate(MARKS)
    finally:
        context.close()
    if not marks["lcp"]:
        raise RuntimeError("Der Browser hat keine größte Darstellung gemeldet.")
    js_bytes = sum(size for number, size in sizes.items() if number in scripts)
    return {"bytes": sum(sizes.values()), "js_bytes": js_bytes, "requests": len(sizes), **marks}


def watch(developer) -> tuple[dict[str, int], set[str]]:
    """Return the bytes of every finished request by its number, and the numbers of scripts; both fill while loading."""
    sizes: dict[str, int] = {}
    scripts: set[str] = set()

    def answered(event) -> None:
        if event["type"] == "Script":
            scripts.add(event["requestId"])

    developer.on("Network.responseReceived", answered)
    developer.on(
        "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])})
    )
    developer.send("Network.enable")
    return sizes, scripts
