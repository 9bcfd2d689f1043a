// The sliders of the what-if page, and what happens when an answer does not come. Without it the form is sent by its button.
"use strict";

(() => {
  const form = document.getElementById("what-if-form");
  const lost = document.getElementById("what-if-lost");
  if (!form || !lost) { return; }

  const number = (text) => Number(text.replace(/[$%,\s]/g, "").replace("−", "-"));
  const written = (value) => Number(value).toLocaleString("en-US", { maximumFractionDigits: 6 });

  // A slider follows its field, and writes into it when it is moved.
  for (const slider of form.querySelectorAll("[data-field]")) {
    const field = document.getElementById(slider.dataset.field);
    const follow = () => { slider.value = field.value.trim() === "" ? slider.min : number(field.value); };
    const tell = () => { slider.setAttribute("aria-valuetext", field.value || slider.value); };
    follow();
    tell();
    slider.hidden = false;
    field.addEventListener("input", () => { follow(); tell(); });
    slider.addEventListener("input", () => { field.value = written(slider.value); tell(); });
  }

  // What is wrong at a field is told to those who cannot see it.
  const mark = () => {
    for (const place of form.querySelectorAll(".invalid-feedback")) {
      const field = document.getElementById(place.id.replace(/-error$/, ""));
      const isWrong = place.textContent.trim() !== "";
      field.classList.toggle("is-invalid", isWrong);
      field.closest(".field").classList.toggle("field-bad", isWrong);
      field.setAttribute("aria-describedby", field.id + "-hint" + (isWrong ? " " + place.id : ""));
      if (isWrong) { field.setAttribute("aria-invalid", "true"); } else { field.removeAttribute("aria-invalid"); }
    }
    const summary = form.querySelector(".error-summary");
    if (summary) { summary.remove(); }
  };

  const say = (words) => {
    lost.textContent = words;
    lost.hidden = words === "";
    lost.setAttribute("role", "alert");
  };
  const answer = document.getElementById("what-if-answer");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) { answer.classList.add("what-if-answering"); }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) { return; }
    answer.classList.remove("what-if-answering");
    delete form.dataset.sent;  // answered in place, so it may be sent again
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asked = new URL(event.detail.pathInfo.requestPath, location.href).pathname;
    const came = new URL(event.detail.xhr.responseURL || asked, location.href).pathname;
    if (asked !== came) {  // led to the sign-in page
      event.detail.shouldSwap = false;
      say(lost.dataset.signedOut);
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target === answer) { say(""); } });
  document.addEventListener("htmx:oobAfterSwap", mark);
  for (const trouble of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(trouble, (event) => { if (event.target === form) { say(lost.dataset.lost); } });
  }
})();
