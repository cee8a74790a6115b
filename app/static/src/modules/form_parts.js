/* nav[data-parts]: of the links to the sections of a form ([data-part]), the one in view is marked, and those that are
   filled in. What is wrong in a section the server has said. */
import { holds } from "./conditional.js";

const WAYS = ["wheel", "touchmove", "keydown"]; // of going on by oneself after a link has led somewhere

class Parts {
  #led = null;

  constructor(nav) {
    this.list = nav.querySelector("ol");
    this.links = new Map([...nav.querySelectorAll("a")].map((link) => [document.getElementById(link.hash.slice(1)), link]));
    const form = this.parts[0].closest("form");
    nav.addEventListener("click", (event) => this.#leads(event.target.closest("a")));
    for (const way of WAYS) document.addEventListener(way, () => (this.#led = null), { passive: true });
    document.addEventListener("scroll", () => this.#look(), { passive: true });
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.#count(form));
    this.#count(form);
    this.#look();
  }

  get parts() {
    return [...this.links.keys()];
  }

  #leads(link) {
    this.#led = this.parts.find((part) => this.links.get(part) === link) ?? null;
    this.#look();
  }

  /* The line of reading goes down the window as the page goes up, so that the last sections come into view too. */
  #look() {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    const line = clientHeight * (scrollTop / Math.max(1, scrollHeight - clientHeight));
    this.#mark(this.#led ?? this.parts.findLast((part) => part.getBoundingClientRect().top <= line) ?? this.parts[0]);
  }

  #mark(current) {
    const link = this.links.get(current);
    if (link.ariaCurrent) return;
    for (const other of this.links.values()) other.ariaCurrent = other === link ? "true" : null;
    this.list.scrollLeft = link.offsetLeft - (this.list.clientWidth - link.offsetWidth) / 2;
  }

  #count(form) {
    for (const [part, link] of this.links) link.querySelector("[data-filled]").hidden = !filled(part, form);
  }
}

/* What must be answered is; where nothing must be, something is. What is not asked now does not count. */
function filled(part, form) {
  const asked = [...part.querySelectorAll(".field:not(:has(.field))")].filter((field) => !field.closest("[hidden]"));
  const needed = asked.filter(({ dataset }) => "needed" in dataset);
  const depending = asked.filter((field) => field.dataset.neededWhen && holds(field.dataset.neededWhen, field, form));
  const all = [...needed, ...depending];
  return all.length ? all.every(answered) : asked.some(answered);
}

function answered(field) {
  return [...field.querySelectorAll("input, select, textarea")].some((control) => {
    if (control.type === "checkbox" || control.type === "radio") return control.checked;
    return control.value.trim() !== "";
  });
}

for (const nav of document.querySelectorAll("nav[data-parts]")) new Parts(nav);
