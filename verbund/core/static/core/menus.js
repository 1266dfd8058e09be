// Menus are <details>; they work without this file. With it, Escape or a click elsewhere closes an open one.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.activeElement?.closest("details.menu[open]");
  closeMenus();
  open?.querySelector("summary").focus();
});

// After a refused form the summary of errors is read out first.
document.querySelector("[data-error-summary]")?.focus();
