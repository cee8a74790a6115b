/* A page that comes back with errors gives the focus to their list; a link in it leads into the field itself. */
import { onArrival } from "./arrivals.js";

onArrival((part) => {
  const place = part.querySelector("[data-focus]:not([data-focused])");
  if (!place) return;
  place.dataset.focused = "";
  place.focus();
});

document.addEventListener("click", (event) => {
  const target = document.getElementById(event.target.closest(".error-summary a")?.hash.slice(1) ?? "");
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: "center" });
  (target.matches("fieldset") ? target.querySelector("input, select, textarea") : target)?.focus({ preventScroll: true });
});
