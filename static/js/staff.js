// Keys for staff: / searches, j and k move through a table of matters, Enter opens, ? lists the keys. All can be done without.
"use strict";

(() => {
  const links = Array.from(document.querySelectorAll("table[data-rows] tbody th a"));
  const rows = links.map((link) => link.closest("tr"));
  const dialog = document.getElementById("keys");
  const isTyping = (target) => target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
  let at = -1;

  const mark = (index) => {
    rows.forEach((row, number) => { row.classList.toggle("at", number === index); });
    at = index;
  };
  links.forEach((link, index) => { link.addEventListener("focus", () => { mark(index); }); });

  const move = (step) => {
    if (!links.length) { return; }
    const next = Math.min(Math.max(at + step, 0), links.length - 1);
    links[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) { return; }
    if (dialog && dialog.open) { return; }
    if (event.key === "/") {
      const search = document.getElementById("site-search");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === "j") {
      move(1);
    } else if (event.key === "k") {
      move(-1);
    } else if (event.key === "Enter" && event.target === document.body && at >= 0) {
      links[at].click();
    } else if (event.key === "?" && dialog) {
      event.preventDefault();
      dialog.showModal();
    }
  });
})();
