/* Choosing rows for a bulk act: [data-select-all] ticks every [data-select] of its table; [data-select-count] tells
   how many; [data-bulk] is shown while something is ticked. */
import { onArrival } from "./arrivals.js";
import { say } from "./texts.js";

function tell() {
  const boxes = [...document.querySelectorAll("[data-select]")];
  const ticked = boxes.filter((box) => box.checked).length;
  for (const place of document.querySelectorAll("[data-select-count]")) place.textContent = say("select.count", { n: ticked });
  for (const bar of document.querySelectorAll("[data-bulk]")) bar.hidden = ticked === 0;
  for (const all of document.querySelectorAll("[data-select-all]")) {
    all.checked = boxes.length > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) {
    for (const box of event.target.closest("table").querySelectorAll("[data-select]")) box.checked = event.target.checked;
  }
  if (event.target.matches("[data-select], [data-select-all]")) tell();
});
window.addEventListener("pageshow", tell);
onArrival(tell);
