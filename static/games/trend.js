// <trend-chart values="55 57 60" low="0" high="100">: a line over turns. The figures themselves are in
// the table that the indicator's "why" opens; the drawing adds nothing that is not there.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 100;
const HEIGHT = 28;
const PAD = 3;

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

class TrendChart extends HTMLElement {
  connectedCallback() {
    const values = (this.getAttribute("values") || "").split(" ").filter(Boolean).map(Number);
    if (!values.length || values.some(Number.isNaN)) return;
    const [low, high] = this.#window(values);
    const x = (i) => PAD + (i / Math.max(1, values.length - 1)) * (WIDTH - 2 * PAD);
    const y = (v) => HEIGHT - PAD - ((v - low) / (high - low || 1)) * (HEIGHT - 2 * PAD);
    const picture = shape("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    if (low < 0 && high > 0) {
      picture.append(shape("line", { class: "trend__zero", x1: 0, x2: WIDTH, y1: y(0), y2: y(0) }));
    }
    if (values.length === 1) values.push(values[0]); // one turn: a level line
    const points = values.map((v, i) => `${x(i)},${y(v)}`).join(" ");
    picture.append(shape("polyline", { class: "trend__line", points }));
    const last = values.length - 1;
    picture.append(
      shape("ellipse", { class: "trend__end", cx: x(last), cy: y(values[last]), rx: 2, ry: 2.6 }),
    );
    this.replaceChildren(picture);
  }

  // At least a fifth of the whole range, so that a small change does not look like a leap.
  #window(values) {
    const low = Number(this.getAttribute("low"));
    const high = Number(this.getAttribute("high"));
    const least = (high - low) / 5 || 1;
    let [bottom, top] = [Math.min(...values), Math.max(...values)];
    const missing = least - (top - bottom);
    if (missing > 0) [bottom, top] = [bottom - missing / 2, top + missing / 2];
    return [bottom, top];
  }
}

customElements.define("trend-chart", TrendChart);
