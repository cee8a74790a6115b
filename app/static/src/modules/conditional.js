/* [data-shown-when="field=value"] is shown while the field has the value ("a|b": one of them; "field": ticked or
   filled). What was typed stays in the form. In a repeated row the row's own field is meant first. */
import { onArrival } from "./arrivals.js";

const WATCHED = "[data-shown-when]:not(input, select, textarea)";

function valuesOf(form, name) {
  return new FormData(form).getAll(name).filter((value) => typeof value === "string" && value !== "");
}

/** Say whether a condition holds for an element of the form. */
export function holds(condition, element, form) {
  const [name, wanted] = condition.split("=");
  const row = element.closest("[data-row-entry]")?.querySelector(`[name$="-${CSS.escape(name)}"]`)?.name;
  const values = valuesOf(form, row ?? name);
  return wanted === undefined ? values.length > 0 : values.some((value) => wanted.split("|").includes(value));
}

function apply(form) {
  for (const element of form.querySelectorAll(WATCHED)) element.hidden = !holds(element.dataset.shownWhen, element, form);
}

onArrival((part) => {
  const forms = new Set([...part.querySelectorAll(WATCHED)].map((element) => element.closest("form")));
  for (const form of forms) if (form) apply(form);
});
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest("form");
    if (form) apply(form);
  });
}
