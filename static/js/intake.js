// Hides a question early while its condition does not hold. The server decides; without this all are shown.
"use strict";

for (const block of document.querySelectorAll(".question[data-when]")) {
  const wanted = block.dataset.isIn.split("|");
  const name = block.dataset.when;
  const inputs = document.querySelectorAll(`[name="${name}"]`);
  const show = () => {
    const values = [...inputs].filter((input) => input.type !== "radio" && input.type !== "checkbox" ? true : input.checked)
      .map((input) => input.value);
    block.hidden = !values.some((value) => wanted.includes(value));
  };
  for (const input of inputs) { input.addEventListener("change", show); }
  show();
}
