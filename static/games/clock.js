// <game-clock deadline="2026-01-01T12:00:00Z"> counts down by the server's time. `remaining` (seconds)
// shows a clock that is paused. It reads out loud only at a few marks, never every second.

const MARKS = [300, 60, 10];
const URGENT = { soon: 120, now: 30 };

function words(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

class GameClock extends HTMLElement {
  #timer = null;
  #last = Infinity;
  #figure = null;

  connectedCallback() {
    this.setAttribute("role", "timer");
    this.#figure = this.querySelector("[data-figure]");
    if (!this.#figure) return;
    if (this.hasAttribute("remaining")) {
      this.#figure.textContent = words(Number(this.getAttribute("remaining")));
    } else if (this.hasAttribute("deadline")) {
      this.#tick();
    }
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  // The connection measures the offset to the server's clock; the wall clock of this device,
  // unlike its monotonic one, goes on while it sleeps.
  #now() {
    return document.querySelector("game-connection")?.now?.() ?? Date.now();
  }

  #tick() {
    const left = (Date.parse(this.getAttribute("deadline")) - this.#now()) / 1000;
    this.#figure.textContent = left > 0 ? words(left) : this.getAttribute("over");
    const unit = this.querySelector("[data-unit]");
    if (unit) unit.hidden = left <= 0;
    this.dataset.urgency = left <= URGENT.now ? "now" : left <= URGENT.soon ? "soon" : "calm";
    for (const mark of MARKS) {
      if (this.#last > mark && left <= mark && left > mark - 2) this.#say(mark);
    }
    this.#last = left;
    // Wake just after the next whole second, so that the figure never lags by most of one.
    const wait = left > 0 ? (left % 1) * 1000 + 20 : 1000;
    this.#timer = setTimeout(() => this.#tick(), wait);
  }

  #say(mark) {
    this.dispatchEvent(
      new CustomEvent("room:say", { bubbles: true, detail: this.getAttribute(`say-${mark}`) }),
    );
  }
}

customElements.define("game-clock", GameClock);
