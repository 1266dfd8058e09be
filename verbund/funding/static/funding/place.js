// Leads through a row of records with one key: n to the next, p to the one before. The links work without this file.
// The keys can be switched off (WCAG 2.1.4); the choice stays in this browser.
const CHOICE = "verbund.place.keys";
const row = document.querySelector("[data-place]");
const tick = row?.querySelector("[data-place-keys]");

function isOn() {
  try {
    return localStorage.getItem(CHOICE) !== "off";
  } catch {
    return true;
  }
}

if (tick) {
  tick.checked = isOn();
  tick.closest("label").hidden = false;
  tick.addEventListener("change", () => {
    try {
      localStorage.setItem(CHOICE, tick.checked ? "on" : "off");
    } catch {
      // Without storage the choice counts for this page only.
    }
  });
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    if (!tick.checked || writes || event.ctrlKey || event.metaKey || event.altKey) return;
    row.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
  });
}
