// The list of saved entries: numbers and titles stay in this browser (localStorage); nothing is sent for keeping them.
// Every page of the finder brings the words along, in the attributes of [data-saved]; without this file it lacks the
// buttons and nothing else. It also starts the service worker, which keeps pages for the time without network.
const KEY = "merkliste";
const bar = document.querySelector("[data-saved]");
const words = bar.dataset;
const most = Number(words.most);

function saved() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]").filter((one) => Number.isInteger(one.number));
  } catch {
    return [];
  }
}

function store(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
    return true;
  } catch {
    return false;
  }
}

function isSaved(number) {
  return saved().some((one) => one.number === number);
}

function ending(parameters) {
  if (words.language !== "de") parameters.set("sprache", words.language);
  return parameters.size || [...parameters].length ? `?${parameters}` : "";
}

function addressOf(list) {
  const parameters = new URLSearchParams();
  if (list.length) parameters.set("e", list.map((one) => one.number).join("-"));
  return words.list + ending(parameters);
}

function show() {
  const list = saved();
  const link = bar.querySelector("[data-saved-link]");
  link.href = addressOf(list);
  link.querySelector("[data-saved-count]").textContent = list.length ? ` (${list.length})` : "";
  for (const button of document.querySelectorAll("[data-saves]")) label(button);
}

function say(sentence) {
  bar.querySelector("[data-saved-state]").textContent = sentence;
}

function label(button) {
  const is = isSaved(Number(button.dataset.saves));
  button.textContent = is ? words.taken : words.save;
  button.classList.toggle("save-button--taken", is);
  button.setAttribute("aria-label", `${button.textContent}: ${button.dataset.title}`);
}

function press(number, title) {
  const list = saved();
  const rest = list.filter((one) => one.number !== number);
  if (rest.length === list.length && list.length >= most) return say(words.full);
  const next = rest.length < list.length ? rest : [...list, { number, title }];
  if (!store(next)) return say(words.failed);
  say(next.length > list.length ? words.done : words.gone);
  show();
  keep();
}

function addButton(place) {
  const number = Number(place.dataset.offer);
  if (place.dataset.listed && isSaved(number)) return;
  const title = place.querySelector("h1, h2, h3").textContent.trim();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "save-button";
  button.dataset.saves = number;
  button.dataset.title = title;
  button.addEventListener("click", () => press(number, title));
  (place.querySelector("[data-save-here]") ?? place).append(button);
}

// The page of the list: one's own when everything on it is saved here. Then leaving something out forgets it, too.
function listPage(page) {
  const list = saved();
  const shown = [...page.querySelectorAll("[data-listed]")].map((line) => Number(line.dataset.listed));
  if (!shown.length && list.length && !location.search.includes("e=")) return location.replace(addressOf(list));
  for (const title of page.querySelectorAll("[data-title-of]")) {
    const known = list.find((one) => one.number === Number(title.dataset.titleOf));
    if (known) title.textContent = known.title;
  }
  for (const link of page.querySelectorAll("[data-leaves-out]")) {
    link.addEventListener("click", () => store(saved().filter((one) => one.number !== Number(link.dataset.leavesOut))));
  }
  page.querySelector("[data-clearing]").hidden = false;
  page.querySelector("[data-clears]").addEventListener("click", () => {
    localStorage.removeItem(KEY);
    navigator.serviceWorker?.controller?.postMessage({ clear: true });
  });
  takeAll(page, shown);
  asAsked(page, shown);
  offerMore(page);
}

function takeAll(page, shown) {
  const all = page.querySelector("[data-takes-all]");
  const foreign = [...page.querySelectorAll("[data-offer]")].filter((line) => !isSaved(Number(line.dataset.offer)));
  if (!all || !foreign.length || !shown.length) return;
  all.hidden = false;
  all.addEventListener("click", () => {
    const list = saved();
    for (const line of foreign) {
      list.push({ number: Number(line.dataset.offer), title: line.querySelector("h2").textContent.trim() });
    }
    if (list.length > most) return say(words.full);
    if (!store(list)) return say(words.failed);
    location.assign(addressOf(list));
  });
}

// Without network an older copy of the list stands here: show of it what the address asks for, and say what is missing.
function asAsked(page, shown) {
  if (document.querySelector("[data-offline]").hidden) return;
  const asked = (new URLSearchParams(location.search).get("e") ?? "").split("-").filter(Boolean).map(Number);
  for (const line of page.querySelectorAll("[data-listed]")) line.hidden = !asked.includes(Number(line.dataset.listed));
  const note = page.querySelector("[data-not-kept]");
  if (!note) return;
  note.hidden = asked.every((number) => shown.includes(number));
  page.querySelector("[data-hands-on]").hidden = asked.join() !== shown.join();
}

function offerMore(page) {
  const share = page.querySelector("[data-shares]");
  if (share && navigator.share) {
    share.hidden = false;
    share.addEventListener("click", () => {
      navigator.share({ title: document.title, url: share.dataset.shares }).catch(() => undefined);
    });
  }
  const print = page.querySelector("[data-prints]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}

// Tell the service worker what to keep: the page for the time without network, the list, the pages of its entries.
async function keep() {
  if (!navigator.serviceWorker) return;
  const { active } = await navigator.serviceWorker.ready;
  const list = saved();
  const addresses = list.length
    ? [addressOf(list), ...list.map((one) => `${words.entries}${one.number}/${ending(new URLSearchParams())}`)]
    : [];
  const whole = [words.offlinePage, addressOf([]), ...addresses].map((path) => new URL(path, location.origin).href);
  active.postMessage({ keep: whole, here: location.href.split("#")[0] });
}

for (const place of document.querySelectorAll("[data-offer]")) addButton(place);
show();
const page = document.querySelector("[data-list-page]");
if (page) listPage(page);
if (document.querySelector("[data-offline]").hidden && navigator.serviceWorker) {
  window.addEventListener("load", () => navigator.serviceWorker.register(words.worker).then(keep, () => undefined));
}
