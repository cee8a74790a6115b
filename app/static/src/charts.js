/* [data-chart]: draws the chart described there: {places, series: [{name, values, look, kind}], stacked, lying, shaded}.
   The same numbers stand in a table beside it, so the drawing has a name and nothing else for the ear. Each look has its
   hatching as well as its colour, for paper without colours; nothing moves. */
import "./charts.css";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridSimpleComponent, LegendPlainComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, AriaComponent, GridSimpleComponent, LegendPlainComponent, LabelLayout, SVGRenderer]);

const PAPER = 640; // what is left of a sheet's width between its margins, in CSS pixels
const NARROW = 34; // below so many letters of width upright bars lie down
const NAMES = 0.36; // how much of the width the names of lying bars may take
const lines = (rotation, gap) => ({ symbol: "rect", color: "rgba(255,255,255,.6)", dashArrayX: [1, 0], dashArrayY: [2, gap], rotation });
const LOOKS = {
  first: { colour: "--tblr-primary" },
  second: { colour: "--lamp-paused", decal: lines(Math.PI / 4, 4) },
  third: { colour: "--lamp-green", decal: lines(-Math.PI / 4, 5) },
  fourth: { colour: "--lamp-yellow" },
  fifth: { colour: "--lamp-red" },
  sixth: { colour: "--tblr-body-color" },
  seventh: { colour: "--tblr-primary" },
  eighth: { colour: "--lamp-green" },
  done: { colour: "--lamp-green", decal: lines(Math.PI / 4, 3) },
  green: { colour: "--lamp-green" },
  yellow: { colour: "--lamp-yellow", decal: lines(Math.PI / 4, 6) },
  red: { colour: "--lamp-red", decal: lines(-Math.PI / 4, 3) },
  paused: { colour: "--lamp-paused", decal: { symbol: "circle", symbolSize: 0.7, color: "rgba(255,255,255,.75)", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0] } },
  limit: { colour: "--tblr-body-color" },
};

/* what tells lines apart where colours do not: the mark at each place, and how the line is drawn */
const STROKES = { first: ["circle", "solid"], second: ["triangle", "dashed"], third: ["diamond", "dotted"],
  fourth: ["rect", "solid"], fifth: ["pin", "dashed"], sixth: ["arrow", "dotted"], seventh: ["roundRect", "dashed"], eighth: ["emptyCircle", "solid"] };

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* about how many letters wide a text is: a Chinese one is as wide as high, others half of that */
const letters = (text) => [...text].reduce((sum, one) => sum + (one > "\u2e7f" ? 1 : 0.58), 0);

class Chart {
  constructor(place) {
    this.place = place;
    this.told = JSON.parse(place.dataset.chart);
    this.draw();
    new ResizeObserver(() => { if (!this.printing && place.clientWidth !== this.width) this.draw(); }).observe(place);
  }

  draw(width = this.place.clientWidth) {
    if (!width) return;
    this.width = width;
    this.letter = Number.parseFloat(getComputedStyle(this.place).fontSize) * 0.87;
    this.lying = this.told.lying || width / this.letter < NARROW;
    this.names = this.#ordered(this.told.places.map((place) => (this.lying ? place.replaceAll("\n", " ") : place)));
    this.room = Math.min(width * NAMES, (Math.max(0, ...this.names.map(letters)) + 1) * this.letter);
    const height = Math.round(this.letter * (this.#legend() + (this.lying ? this.#rows() + 2 : 17)));
    this.place.style.height = `${height}px`;
    this.drawn?.dispose();
    this.drawn = init(this.place, null, { renderer: "svg", width, height });
    this.drawn.setOption(this.#option());
    const svg = this.place.querySelector("svg");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("aria-hidden", "true"); // its frame has the name
  }

  print() {
    this.printing = true;
    this.draw(PAPER);
  }

  shown() {
    this.printing = false;
    this.draw();
  }

  /* lying bars are counted from below, and are to be read from above */
  #ordered(list) {
    return this.lying ? [...list].reverse() : list;
  }

  /* how many letters high: the names of the series, as many lines as they need, with what parts them from the bars */
  #legend() {
    const line = this.width / this.letter;
    let [lines, filled] = [1, 0];
    for (const { name } of this.told.series) {
      const item = letters(name) + 3.2;
      if (filled && filled + item > line) [lines, filled] = [lines + 1, 0];
      filled += item;
    }
    return 1 + lines * 1.8;
  }

  /* how many letters high: all lying bars, each with room for its name */
  #rows() {
    const { series, stacked } = this.told;
    const bars = stacked ? 1 : Math.max(1, series.filter(({ kind }) => kind === "bar").length);
    const lines = Math.max(1, ...this.names.map((name) => Math.ceil((letters(name) * this.letter) / this.room)));
    return this.names.length * Math.max(1.2 + bars * 1.1, lines * 1.4 + 0.6);
  }

  #option() {
    const { shaded, series } = this.told;
    const text = { color: colour("--tblr-body-color"), fontSize: this.letter, fontFamily: getComputedStyle(this.place).fontFamily };
    const quiet = { ...text, color: colour("--quiet") };
    const line = { lineStyle: { color: colour("--line") } };
    const stripes = shaded && { show: true, areaStyle: { color: this.#ordered(shaded).map((off) => (off ? colour("--tblr-border-color") : "transparent")) } };
    const names = {
      type: "category", data: this.names,
      axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--line-strong") } }, splitArea: stripes || { show: false },
      axisLabel: { ...text, interval: 0, lineHeight: this.letter * 1.35, ...(this.lying && { width: this.room, overflow: "break" }) },
    };
    const whole = series.every(({ values }) => values.every(Number.isInteger));
    const numbers = { type: "value", minInterval: whole ? 1 : 0, splitLine: line, axisLabel: quiet, max: ({ max }) => (max ? null : 1) };
    return {
      animation: false,
      aria: { enabled: true, label: { description: this.place.getAttribute("aria-label") } },
      textStyle: text,
      legend: { type: "plain", top: 0, left: 0, selectedMode: false, textStyle: text, itemGap: this.letter, itemWidth: this.letter * 1.4, itemHeight: this.letter * 0.85, data: series.map(({ name }) => ({ name })) },
      grid: { top: this.letter * this.#legend(), bottom: 4, left: 4, right: this.letter * 1.5, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      [this.lying ? "yAxis" : "xAxis"]: names,
      [this.lying ? "xAxis" : "yAxis"]: numbers,
      series: series.map((one) => this.#series(one, text)),
    };
  }

  #series({ name, values, look, kind }, text) {
    const { colour: variable, decal } = LOOKS[look];
    const common = { name, data: this.#ordered(kind === "bar" ? values.map((value) => value || null) : values), silent: true, color: colour(variable), emphasis: { disabled: true } };
    if (kind === "mark") {
      const size = this.letter * 1.9;
      return { ...common, type: "line", symbol: "rect", symbolSize: this.lying ? [3, size] : [size, 3], lineStyle: { width: 0 }, z: 4 };
    }
    const label = { show: true, color: text.color, fontSize: this.letter * 0.92, formatter: ({ value }) => (value ? String(value) : "") };
    if (kind === "line") {
      const [symbol, type] = STROKES[look];
      const marks = { symbol, symbolSize: this.letter * 0.6, lineStyle: { width: 2, type } };
      return { ...common, ...marks, type: "line", connectNulls: true, label: { ...label, position: "top" }, labelLayout: { hideOverlap: true } };
    }
    const boxed = { ...label, position: "inside", backgroundColor: "#fff", padding: [1, 3], borderRadius: 2 };
    const free = { ...label, position: this.lying ? "right" : "top" };
    return {
      ...common, type: "bar", stack: this.told.stacked ? "one" : undefined, barMaxWidth: this.letter * 1.5,
      itemStyle: { decal, borderColor: "#fff", borderWidth: 1 }, label: this.told.stacked ? boxed : free, labelLayout: { hideOverlap: true },
    };
  }
}

const charts = [...document.querySelectorAll("[data-chart]")].map((place) => new Chart(place));
addEventListener("beforeprint", () => { for (const chart of charts) chart.print(); });
addEventListener("afterprint", () => { for (const chart of charts) chart.shown(); });
new MutationObserver(() => { for (const chart of charts) chart.draw(); }).observe(document.documentElement, { attributeFilter: ["class"] });
