/* A row of tabs that is wider than its window begins with the one that is open in sight. */
import { onArrival } from "./arrivals.js";

onArrival((part) => {
  for (const open of part.querySelectorAll(".tabs [aria-current]")) {
    const [row, tab] = [open.closest(".tabs"), open.getBoundingClientRect()];
    const { left, width } = row.getBoundingClientRect();
    row.scrollLeft += tab.left + tab.width / 2 - left - width / 2;
  }
});
