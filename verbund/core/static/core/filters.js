// On a phone a form of filters with three fields and more is folded behind a button, so that the list comes first
// (tables.css). The button bears the form's name and how many filters are set. Without this file all of it is there.
const FEWEST = 3;

function fold(form) {
  if (form.querySelectorAll(":scope > :not(button)").length < FEWEST || form.querySelector("[aria-invalid=true]")) return;
  const asked = new URLSearchParams(location.search);
  const names = new Set([...form.elements].map((field) => field.name).filter(Boolean));
  const set = [...names].filter((name) => asked.get(name)).length;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "filters__fold kern-btn kern-btn--secondary";
  button.setAttribute("aria-expanded", "false");
  const label = button.appendChild(document.createElement("span"));
  label.className = "kern-label";
  label.textContent = `${form.getAttribute("aria-label")}${set ? ` (${set})` : ""}`;
  button.addEventListener("click", () => {
    const folded = form.classList.toggle("filters--folded");
    button.setAttribute("aria-expanded", String(!folded));
  });
  form.classList.add("filters--folded");
  form.prepend(button);
}

for (const form of document.querySelectorAll("form.filters[aria-label]")) fold(form);
