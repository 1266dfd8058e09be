// Keeps the list of saved entries, their pages and the last pages of the finder readable without network.
// Only pages that say so themselves (header Offline-Copy) are kept; pages of people who signed in never do.
// Pages come from the network first. A kept copy is shown only when no answer came in time, and says as of when it is.
const SAVED = "verbund-merkliste-1";
const LAST = "verbund-zuletzt-1";
const PARTS = "verbund-teile-1";
const MOST_LAST = 12;
const MOST_PARTS = 60;
const PATIENCE_MS = 5000;
const COPY = "Offline-Copy";
const PAGE = /^\/(angebote\/(\d+\/)?|merkliste\/(ohne-netz\/)?)$/;
const PART = /^\/(static\/|(merkliste|angebote\/\d+)\/qr\.svg$)/;
const UNCHANGING = /\.[0-9a-f]{12}\.[a-z0-9]+$/;
const NAMED = /(?:href|src)="(\/(?:static\/[^"#]+|(?:merkliste|angebote\/\d+)\/qr\.svg[^"#]*))/g;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlderVersions().then(() => self.clients.claim()));
});

// What the pages ask for is done one after the other; of lists that wait only the newest counts.
let work = Promise.resolve();
let newestWish;

self.addEventListener("message", (event) => {
  const wish = event.data;
  newestWish = wish;
  work = work.then(() => (wish.clear ? forgetAll() : keepList(wish))).catch(() => undefined);
  event.waitUntil(work);
});

function forgetAll() {
  return Promise.all([SAVED, LAST, PARTS].map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(event, url));
  else if (PART.test(url.pathname)) event.respondWith(part(request, url));
});

async function dropOlderVersions() {
  for (const name of await caches.keys()) {
    if (name.startsWith("verbund-") && ![SAVED, LAST, PARTS].includes(name)) await caches.delete(name);
  }
}

async function page(event, url) {
  const network = fetch(event.request);
  event.waitUntil(network.then((answer) => remember(url, answer.clone())).catch(() => undefined));
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  try {
    return (await Promise.race([network, patience])) ?? (await kept(url)) ?? (await network);
  } catch {
    return (await kept(url)) ?? (await instead(url)) ?? Response.error();
  }
}

async function part(request, url) {
  const copy = await caches.match(request.url, { cacheName: PARTS, ignoreVary: true });
  if (copy && UNCHANGING.test(url.pathname)) return copy;
  try {
    return await fetch(request);
  } catch {
    return copy ?? Response.error();
  }
}

// Keep a page that was just visited, if it may be kept; forget the copy of one that is gone.
async function remember(url, answer) {
  const address = url.href.split("#")[0];
  const saved = await caches.open(SAVED);
  if (await saved.match(address, { ignoreVary: true })) return put(saved, address, answer);
  const last = await caches.open(LAST);
  await put(last, address, answer);
  for (const old of (await last.keys()).slice(0, -MOST_LAST)) await last.delete(old, { ignoreVary: true });
}

async function put(cache, address, answer) {
  const mayBeKept = answer.ok && !answer.redirected && answer.headers.has(COPY);
  if (mayBeKept || answer.status === 404 || answer.status === 410) await cache.delete(address, { ignoreVary: true });
  if (!mayBeKept) return;
  const parts = answer.clone();
  await cache.put(address, answer);
  await keepParts(parts);
}

// Keep exactly the pages of the list, in their newest state, and the page one is on. Nothing personal is sent along.
async function keepList(wish) {
  const { keep, here } = wish;
  const saved = await caches.open(SAVED);
  for (const old of await saved.keys()) if (!keep.includes(old.url)) await saved.delete(old, { ignoreVary: true });
  for (const address of [...keep, here]) {
    if (wish !== newestWish) return;
    const url = new URL(address);
    if (url.origin !== self.location.origin || !PAGE.test(url.pathname)) continue;
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (keep.includes(address)) await put(saved, address, answer);
    else await remember(url, answer);
  }
  await dropUnusedParts();
}

async function keepParts(answer) {
  const cache = await caches.open(PARTS);
  for (const path of named(await answer.text())) {
    const isKept = await cache.match(path, { ignoreVary: true });
    if (isKept && UNCHANGING.test(path)) continue;
    try {
      const found = await fetch(path, { credentials: "omit" });
      if (found.ok) await cache.put(path, found);
    } catch {
      return;
    }
  }
}

function named(html) {
  return new Set([...html.matchAll(NAMED)].map(([, path]) => path.replaceAll("&amp;", "&")));
}

async function dropUnusedParts() {
  const parts = await caches.open(PARTS);
  const known = await parts.keys();
  if (known.length <= MOST_PARTS) return;
  const used = new Set();
  for (const name of [SAVED, LAST]) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) {
      const copy = await cache.match(one, { ignoreVary: true });
      for (const path of named(await copy.text())) used.add(new URL(path, self.location.origin).href);
    }
  }
  for (const one of known) if (!used.has(one.url)) await parts.delete(one);
}

// The copy of a page; of a list that changed meanwhile the newest one in the same language.
async function kept(url) {
  const address = url.href.split("#")[0];
  for (const cacheName of [SAVED, LAST]) {
    const copy = await caches.match(address, { cacheName, ignoreVary: true });
    if (copy) return marked(copy);
  }
  return url.pathname === "/merkliste/" ? newest(url, "/merkliste/") : undefined;
}

async function instead(url) {
  return newest(url, "/merkliste/ohne-netz/");
}

async function newest(url, path) {
  const language = url.searchParams.get("sprache");
  const cache = await caches.open(SAVED);
  for (const one of (await cache.keys()).reverse()) {
    const other = new URL(one.url);
    if (other.pathname !== path || other.searchParams.get("sprache") !== language) continue;
    return marked(await cache.match(one, { ignoreVary: true }));
  }
  return undefined;
}

// Let the page say that it is a copy, and as of when: its own words, which it brings along hidden.
async function marked(copy) {
  const asOf = (copy.headers.get(COPY) ?? "").replace(/[^\d., :]/g, "");
  const html = (await copy.text())
    .replace(" data-offline hidden>", " data-offline>")
    .replace("<bdi data-as-of></bdi>", `<bdi dir="ltr">${asOf}</bdi>`);
  const headers = new Headers(copy.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(html, { headers });
}
