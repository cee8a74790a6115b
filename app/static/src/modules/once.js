/* form[data-once] is sent once; the server is the truth, this only spares people a refusal. */
import { say } from "./texts.js";

const RELEASE_AFTER = 15000; // an answer that is a download leaves the page where it is

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button[aria-disabled]")) {
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.words;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented || event.submitter?.formTarget) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  const pressed = event.submitter?.matches(".btn") ? event.submitter : form.querySelector(".btn-primary[type=submit]");
  if (pressed?.tagName === "BUTTON") {
    pressed.dataset.words = pressed.textContent;
    pressed.textContent = say("form.sending");
    pressed.setAttribute("aria-disabled", "true");
  }
  setTimeout(() => release(form), RELEASE_AFTER);
});

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:finally:request", () => document.querySelectorAll("form[data-sent]").forEach(release));
