/* [data-diagram-url][data-position-url]: shows the diagram and where the case stands in it. The position is JSON
   {done: [ids], now: [ids], waiting: [ids], counts: {id: cases}}; keys: + - 0 and the arrows. [data-whole]: no single
   case stands in it, so it opens on the whole drawing. A box that calls another process leads to its drawing, where the
   page has a link to it: [data-part] is the process. */
import "./diagram.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { say } from "./modules/texts.js";

const STEP = 60;
const READABLE = 0.5;
const TINY = 0.25; // where the names of lanes would lie over the steps
const CLOSE = 0.8;
const LABEL = 20; // what a lane's name needs of its height

async function got(url, kind) {
  const answer = await fetch(url, { headers: { Accept: kind === "json" ? "application/json" : "application/xml" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer[kind]();
}

class Diagram {
  constructor(place) {
    this.place = place;
    this.state = place.closest(".diagram").querySelector("[data-diagram-state]");
    this.viewer = new NavigatedViewer({ container: place });
    place.addEventListener("keydown", (event) => this.#key(event));
    place.closest(".diagram").addEventListener("click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button) this.zoom(button.dataset.zoom);
    });
  }

  get canvas() {
    return this.viewer.get("canvas");
  }

  async load() {
    this.state.textContent = say("diagram.loading");
    try {
      const { diagramUrl, positionUrl } = this.place.dataset;
      const [xml, position] = await Promise.all([got(diagramUrl, "text"), positionUrl ? got(positionUrl, "json") : {}]);
      await this.viewer.importXML(xml);
      this.#name();
      this.#mark(position);
      this.#nameLanes();
      this.#leadIn();
      this.#keepPlace();
      this.#look(() => this.#begin());
    } catch {
      this.state.textContent = say("diagram.failed");
    }
  }

  /* the drawing itself takes the focus, so it needs the name of its frame */
  #name() {
    const drawing = this.place.querySelector("svg");
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-label", this.place.getAttribute("aria-label"));
  }

  #mark({ done = [], now = [], waiting = [], counts = {} }) {
    const registry = this.viewer.get("elementRegistry");
    const marks = { done, waiting, now };
    for (const [mark, ids] of Object.entries(marks)) {
      for (const id of ids) if (registry.get(id)) this.canvas.addMarker(id, mark);
    }
    for (const [id, count] of Object.entries(counts)) {
      if (!registry.get(id)) continue;
      const html = Object.assign(document.createElement("span"), { className: "diagram-count num", textContent: count });
      this.viewer.get("overlays").add(id, { position: { top: -12, right: 14 }, scale: { min: 1 }, html });
    }
    const busiest = Object.entries(counts).filter(([id]) => registry.get(id)).sort((one, other) => other[1] - one[1])[0];
    this.busiest = busiest && registry.get(busiest[0]);
    this.now = now.map((id) => registry.get(id)).filter(Boolean);
    const names = this.now.map((element) => element.businessObject.name ?? "").filter(Boolean).join("、");
    this.state.textContent = names ? say("diagram.now", { names }) : "";
  }

  /* whose lane it is stays to be read at the edge when the names of the drawing are out of sight or too small */
  #nameLanes() {
    const lanes = this.viewer.get("elementRegistry").filter(({ type, children }) => type === "bpmn:Lane" && !children.some((one) => one.type === "bpmn:Lane"));
    const labels = lanes.map((lane) => Object.assign(document.createElement("span"), { className: "diagram-lane", textContent: lane.businessObject.name ?? "" }));
    for (const label of labels) label.setAttribute("aria-hidden", "true"); // the outline says it
    this.place.append(...labels);
    this.viewer.get("eventBus").on("canvas.viewbox.changed", ({ viewbox }) => {
      lanes.forEach((lane, n) => {
        const top = Math.max(0, (lane.y - viewbox.y) * viewbox.scale);
        const bottom = Math.min(this.place.clientHeight, (lane.y + lane.height - viewbox.y) * viewbox.scale);
        labels[n].hidden = bottom - top < LABEL || viewbox.scale < TINY || (viewbox.x <= lane.x && viewbox.scale >= READABLE);
        labels[n].style.top = `${top + 2}px`;
      });
    });
  }

  #leadIn() {
    const link = ({ businessObject: { calledElement } }) => calledElement && document.querySelector(`a[data-part="${CSS.escape(calledElement)}"]`);
    for (const box of this.viewer.get("elementRegistry").filter(link)) this.canvas.addMarker(box, "leads-in");
    this.viewer.get("eventBus").on("element.click", ({ element }) => link(element)?.click());
  }

  /* the view that the page has chosen is chosen anew for another size; what the person has moved to stays in the middle */
  #keepPlace() {
    this.viewer.get("eventBus").on("canvas.viewbox.changing", () => { if (!this.looking) this.view = null; });
    new ResizeObserver(() => {
      if (!this.place.clientWidth) return;
      const { x, y, width, height, scale } = this.canvas.viewbox();
      this.canvas.resized();
      if (this.view) return this.#look(this.view);
      this.canvas.viewbox(this.#around(x + width / 2, y + height / 2, scale));
    }).observe(this.place);
  }

  #look(view) {
    this.looking = true;
    view();
    this.looking = false;
    this.view = view;
  }

  /* the whole picture where its words can be read, or where it is looked at as a whole and its figures do not lie over
     one another; else the current step or the one with most cases, with what is around it, or the beginning */
  #begin() {
    const enough = "whole" in this.place.dataset ? TINY : READABLE;
    if (this.canvas.zoom("fit-viewport", "auto") >= enough) return;
    const first = this.now[0] ?? this.busiest ?? this.viewer.get("elementRegistry").find(({ type }) => type === "bpmn:StartEvent");
    if (first) this.#centre(first);
  }

  #centre({ x, y, width, height }) {
    this.canvas.viewbox(this.#around(x + width / 2, y + height / 2, CLOSE));
  }

  #around(x, y, scale) {
    const [width, height] = [this.place.clientWidth / scale, this.place.clientHeight / scale];
    return { x: x - width / 2, y: y - height / 2, width, height };
  }

  zoom(how) {
    if (how === "fit") return this.#look(() => this.canvas.zoom("fit-viewport", "auto"));
    if (how === "now") return this.now?.length && this.#look(() => this.#centre(this.now[0]));
    return this.canvas.zoom(this.canvas.zoom() * (how === "in" ? 1.25 : 0.8));
  }

  #key(event) {
    const acts = {
      "+": () => this.zoom("in"), "=": () => this.zoom("in"), "-": () => this.zoom("out"), 0: () => this.zoom("fit"),
      ArrowLeft: () => this.canvas.scroll({ dx: STEP, dy: 0 }), ArrowRight: () => this.canvas.scroll({ dx: -STEP, dy: 0 }),
      ArrowUp: () => this.canvas.scroll({ dx: 0, dy: STEP }), ArrowDown: () => this.canvas.scroll({ dx: 0, dy: -STEP }),
    };
    if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[event.key]();
  }
}

for (const place of document.querySelectorAll("[data-diagram-url]")) new Diagram(place).load();
