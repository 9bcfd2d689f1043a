// Hides early what an answer on the same page makes needless. Without it, every question is shown and the server decides.
"use strict";

const waiting = document.querySelectorAll("[data-when-question]");

function chosenWords(name) {
  const words = [];
  for (const input of document.getElementsByName(name)) {
    const isChoice = input.type === "radio" || input.type === "checkbox";
    if (isChoice ? input.checked : input.value !== "") { words.push(input.value); }
  }
  return words;
}

function show() {
  for (const field of waiting) {
    const wanted = field.dataset.whenWords.split("|");
    field.hidden = !chosenWords(field.dataset.whenQuestion).some((word) => wanted.includes(word));
  }
}

if (waiting.length) {
  document.addEventListener("change", show);
  show();
}

// "Clear this answer" matters only once a field that held an answer is empty, or a choice was made.
for (const box of document.querySelectorAll(".clear-box")) {
  const input = box.closest(".field").querySelector("input[type=text], textarea, select");
  if (input) {
    const update = () => { box.hidden = input.value.trim() !== "" && !box.querySelector("input").checked; };
    input.addEventListener("input", update);
    input.addEventListener("change", update);
    update();
  }
}
