// <form data-autosave="/address/"> saves what is typed, a moment after the last key, by POST of the whole form.
// An answer with status 2xx shows "gespeichert 14:03" in [data-autosave-state]; the words come from its data attributes:
// saved, failed (an entry is not right yet), and if given conflict (409), ended (403), offline (no answer).
// A JSON answer may carry {"version": 7}: it goes into the field named "version", so that the next save is not refused;
// and {"address": "/entwurf/…/"}: it becomes the address of the page, so that going back finds what was saved.
const PAUSE_MS = 1500;

function watch(form) {
  const state = form.querySelector("[data-autosave-state]");
  let timer = 0;
  let sent = new URLSearchParams(new FormData(form)).toString();

  function say(word, withTime) {
    if (!state) return;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    state.textContent = withTime ? `${word} ${time}` : word;
  }

  function complain(reason) {
    say(state?.dataset[reason] ?? state?.dataset.failed ?? "");
  }

  async function save() {
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File || name === "_once") typed.delete(name);
    const body = new URLSearchParams(typed).toString();
    if (body === sent) return;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(typed),
        headers: { "X-Autosave": "1", Accept: "application/json" },
        redirect: "manual",
      });
      if (!answer.ok) return complain({ 403: "ended", 409: "conflict" }[answer.status] ?? "failed");
      sent = body;
      if (answer.headers.get("Content-Type")?.includes("json")) {
        const { version, address } = await answer.json();
        if (address) history.replaceState(null, "", address);
        const field = form.elements.namedItem("version");
        if (field && version !== undefined) field.value = version;
        sent = new URLSearchParams(new FormData(form)).toString();
      }
      say(state?.dataset.saved ?? "", true);
    } catch {
      complain("offline");
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
