// A button beside the place field: search around where the device is. Without this file there is no button.
// The device is asked only after the tap; what goes into the address is rounded to about a kilometre.
const place = document.querySelector("[data-position]");
if (place && navigator.geolocation && window.isSecureContext) {
  const button = place.querySelector("button");
  const said = place.querySelector("[role=status]");
  const ROUNDED = 2;
  const OPTIONS = { enableHighAccuracy: false, timeout: 15000, maximumAge: 600000 };
  const DENIED = 1;

  place.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    said.textContent = place.dataset.looking;
    navigator.geolocation.getCurrentPosition(found, missed, OPTIONS);
  });

  function found({ coords }) {
    const asked = new URLSearchParams(new FormData(button.form));
    asked.delete("ort");
    asked.set("position", `${coords.latitude.toFixed(ROUNDED)},${coords.longitude.toFixed(ROUNDED)}`);
    for (const [name, value] of [...asked]) if (!value) asked.delete(name);
    location.assign(`${button.form.action}?${asked}`);
  }

  function missed(problem) {
    button.disabled = false;
    said.textContent = problem.code === DENIED ? place.dataset.denied : place.dataset.missed;
  }

  // Whoever comes back with the browser's button finds the page as it was: ready to be asked again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    button.disabled = false;
    said.textContent = "";
  });
}
