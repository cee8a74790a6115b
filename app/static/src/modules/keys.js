/* The keys of the inbox: j k move, Enter opens (the row's link has the focus), c claims, x ticks, / searches, ? helps.
   They can be switched off, and rest while somebody types. */
const OFF = "peiyou:keys-off";
const TYPING = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

let current = { id: "", index: -1 };

const rows = () => [...document.querySelectorAll("[data-inbox] [data-row]")];
const visible = (element) => element.getClientRects().length > 0;

function mark(row) {
  const all = rows();
  for (const one of all) one.removeAttribute("aria-current");
  if (!row) return;
  row.setAttribute("aria-current", "true");
  current = { id: row.id, index: all.indexOf(row) };
}

function go(row) {
  if (!row) return;
  mark(row);
  row.querySelector("[data-open]")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const marked = () => rows().find((row) => row.hasAttribute("aria-current"));

function move(step) {
  const all = rows();
  const at = all.indexOf(marked());
  go(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]);
}

function press(selector) {
  marked()?.querySelector(selector)?.click();
}

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  c: () => press("[data-claim]"),
  x: () => press("[data-select]"),
  "/": () => [...document.querySelectorAll("[data-search]")].find(visible)?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || localStorage.getItem(OFF)) return;
  if (event.target.matches?.(TYPING) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && event.target === document.body) return press("[data-open]");
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-inbox] [data-row]");
  if (row) mark(row);
});

/* after a change of the list the cursor stays with its row, or with the place where it was */
document.addEventListener("htmx:after:swap", () => {
  if (current.index < 0 || !rows().length) return;
  const row = document.getElementById(current.id) ?? rows()[Math.min(current.index, rows().length - 1)];
  if (document.activeElement === document.body) go(row);
  else mark(row);
});

const box = document.querySelector("[data-keys-on]");
if (box) {
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}
