/* Parts of a page that arrive later (htmx, new rows) get the same treatment as those that were there. */

/** Call `treat` with the document now and with each part that arrives. */
export function onArrival(treat) {
  treat(document);
  document.addEventListener("htmx:after:swap", () => treat(document));
  document.addEventListener("peiyou:arrived", (event) => treat(event.target));
}

/** Tell that `part` has just been put into the page. */
export function arrived(part) {
  part.dispatchEvent(new CustomEvent("peiyou:arrived", { bubbles: true }));
}

/** Tell a form that something in it was changed by a script. */
export function changed(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}
