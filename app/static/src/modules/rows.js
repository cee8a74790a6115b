/* Repeatable rows ([data-rows]): adds and removes a row in place. The same buttons send the form when scripts are off. */
import { arrived, changed } from "./arrivals.js";
import { say } from "./texts.js";

const NAMED = ["id", "name", "for", "data-field", "data-files", "data-list", "aria-describedby"];

const entries = (rows) => [...rows.querySelectorAll(":scope > [data-row-entry]")];
const controls = (part) => part.querySelectorAll("input, select, textarea");

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row], [data-remove-row]");
  const rows = button?.closest("[data-rows]");
  if (!rows || !pattern(rows)) return; // nothing to copy: the server shows the form again with its next row
  event.preventDefault();
  if (button.matches("[data-add-row]")) controls(addRow(rows))[0]?.focus();
  else removeRow(rows, button.closest("[data-row-entry]"));
  changed(rows);
});

/* a row as it stands before anything is filled in: what is chosen beforehand is chosen in each */
const pattern = (rows) => rows.querySelector(":scope > [data-blank-row]")?.content.firstElementChild;

/** Bring the number of rows to `wanted`, where there is one to copy. */
export function setRows(rows, wanted) {
  while (pattern(rows) && entries(rows).length < wanted) addRow(rows);
  while (entries(rows).length > wanted) entries(rows).pop().remove();
  show(rows);
}

function addRow(rows) {
  const row = document.importNode(pattern(rows), true);
  number(rows, row, entries(rows).length);
  rows.querySelector(":scope > [data-add-row]").before(row);
  show(rows);
  arrived(row);
  return row;
}

function removeRow(rows, row) {
  const next = row.nextElementSibling?.matches("[data-row-entry]") ? row.nextElementSibling : row.previousElementSibling;
  row.remove();
  entries(rows).forEach((one, index) => number(rows, one, index));
  show(rows);
  const place = next?.matches("[data-row-entry]") ? controls(next)[0] : rows.querySelector("[data-add-row]");
  place?.focus();
}

function number(rows, row, index) {
  const old = new RegExp(`(^|\\s)${rows.dataset.rows}-\\d+`, "g");
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const name of NAMED) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(old, `$1${rows.dataset.rows}-${index}`));
    }
  }
  const remove = row.querySelector("[data-remove-row]");
  if (!remove) return;
  remove.value = `remove-${rows.dataset.rows}-${index}`;
  remove.setAttribute("aria-label", say("rows.remove", { n: index + 1 }));
}

function show(rows) {
  const all = entries(rows);
  const { min = 0, max = Infinity } = rows.dataset;
  for (const row of all) row.querySelector("[data-remove-row]").hidden = all.length <= Number(min);
  rows.querySelector(":scope > [data-add-row]").hidden = all.length >= Number(max);
}
