// The live board: when the game moves, the board's fragment is fetched again and swapped in place.
//
// <control-board data-fragment="url" data-target="id"> listens to the page's <game-connection>;
// <control-clock> counts down to the deadline by the server's clock; keys press the board's acts.

import "../live/passing.js";

const LOOK_MS = 15_000;

class ControlBoard extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("game:frame", () => this.refresh(), { signal });
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    // Who is here, how short the clock is and whether a worker is heard change without an event.
    this.timer = setInterval(() => this.isIdle && this.refresh(), LOOK_MS);
  }

  // Nobody looks away from it, nothing is typed in it or open.
  get isIdle() {
    const target = this.target;
    if (document.hidden || !target || target.contains(document.activeElement)) return false;
    if (target.querySelector("details[open]")) return false;
    return ![...target.querySelectorAll("input")].some((field) => field.value !== field.defaultValue);
  }

  disconnectedCallback() {
    this.listening?.abort();
    clearInterval(this.timer);
  }

  get target() {
    return document.getElementById(this.dataset.target ?? "control-board");
  }

  // One request at a time; a notice that comes meanwhile causes one more.
  async refresh() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    do {
      this.again = false;
      await this.fetchOnce();
    } while (this.again);
    this.busy = false;
  }

  async fetchOnce() {
    try {
      const answer = await fetch(this.dataset.fragment, { headers: { "HX-Request": "true" } });
      if (!answer.ok) return;
      this.show(await answer.text());
    } catch {
      // The connection element shows that we are offline; the next frame asks again.
    }
  }

  show(html) {
    const target = this.target;
    if (!target) return;
    const editing = target.contains(document.activeElement) ? document.activeElement.id : "";
    const typed = editing ? document.activeElement.value : undefined;
    target.innerHTML = html;
    if (!editing) return;
    const field = document.getElementById(editing);
    if (field && typed !== undefined) field.value = typed;
    field?.focus();
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const act = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!act) return;
    event.preventDefault();
    act.click();
  }
}

class ControlClock extends HTMLElement {
  connectedCallback() {
    this.ahead = Date.parse(this.dataset.now) - Date.now();
    this.tick();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const left = Math.max(0, Math.round((Date.parse(this.dataset.deadline) - Date.now() - this.ahead) / 1000));
    const days = Math.floor(left / 86400);
    const hours = Math.floor((left % 86400) / 3600);
    const rest = [Math.floor((left % 3600) / 60), left % 60].map((part) => String(part).padStart(2, "0")).join(":");
    this.textContent = (days ? `${days} ${this.dataset.day} ` : "") + (days || hours ? `${hours}:` : "") + rest;
    this.classList.toggle("warn", left <= 60);
  }
}

// The list of sessions asks again now and then, while somebody looks; what is ticked stays ticked.
class ControlList extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.refresh(), Number(this.dataset.seconds) * 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async refresh() {
    if (document.hidden || this.contains(document.activeElement)) return;
    try {
      const answer = await fetch(this.dataset.fragment, { headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) return;
      const html = await answer.text();
      const ticked = [...this.querySelectorAll("input:checked")].map((box) => box.id);
      this.firstElementChild.innerHTML = html;
      for (const id of ticked) document.getElementById(id)?.click();
    } catch {
      // Away for a moment: the next time asks again.
    }
  }
}

customElements.define("control-list", ControlList);
customElements.define("control-board", ControlBoard);
customElements.define("control-clock", ControlClock);
