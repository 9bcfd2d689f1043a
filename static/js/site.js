// Small helps that every page can live without.
"use strict";

// An error summary takes the focus, so that it is read out and seen first.
const summary = document.querySelector("[data-focus]");
if (summary) { summary.focus(); }

// Escape closes the menu in the bar; so does a click elsewhere.
const menu = document.querySelector("details.menu");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) { menu.open = false; } });
}

// A form that is being sent is not sent twice by a double click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; }
});
