// The slider works by its button without this file. With it, it tells the year while it moves, and letting go of it
// with finger or mouse shows the map; with the keyboard Enter does, so that a key press never takes the page away.
const slider = document.querySelector("[data-map-slider]");
const shown = document.querySelector("[data-map-year]");
let byPointer = false;
slider?.addEventListener("input", () => { shown.textContent = slider.value; });
slider?.addEventListener("pointerdown", () => { byPointer = true; });
slider?.addEventListener("keydown", () => { byPointer = false; });
slider?.addEventListener("change", () => { if (byPointer) slider.form.requestSubmit(); });
