// Connects allauth's security-key ceremonies to the buttons of our pages.
"use strict";

const ceremony = document.querySelector("[data-key-ceremony]");
if (ceremony && window.allauth && window.allauth.webauthn) {
  const ids = { credential: ceremony.dataset.credential, data: "js_data" };
  ids[ceremony.dataset.keyCeremony] = ceremony.dataset.button;
  if (ceremony.dataset.passwordless) { ids.passwordless = ceremony.dataset.passwordless; }
  const forms = window.allauth.webauthn.forms;
  forms[ceremony.dataset.keyCeremony === "add" ? "addForm" : "authenticateForm"]({ ids });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.getElementById("key-failed").textContent = ceremony.dataset.failed;
  });
}
