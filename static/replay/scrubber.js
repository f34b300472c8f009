// <replay-scrubber>: steps through the turns of a recording.
//
// The server renders links (one a turn), so everything works without this file. With it: a
// slider, play and speed, the keyboard, and jumps between turning points. Each step follows the
// link of its turn through htmx, which swaps the moment and keeps the address in step.

const SPEEDS = { slow: 6000, normal: 3000, fast: 1200 };

class ReplayScrubber extends HTMLElement {
  connectedCallback() {
    if (this.listening) return;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.speed = "normal";
    this.timer = null;
    this.revealControls();
    this.addEventListener("click", (event) => this.onClick(event), { signal });
    this.addEventListener("input", (event) => this.onInput(event), { signal });
    this.addEventListener("change", (event) => this.onChange(event), { signal });
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    document.body.addEventListener("htmx:afterSettle", () => this.follow(), { signal });
    document.body.addEventListener("htmx:historyRestore", () => this.follow(), { signal });
    this.follow();
  }

  disconnectedCallback() {
    this.stop();
    this.listening?.abort();
    this.listening = null;
  }

  get links() {
    return [...this.querySelectorAll("a[data-turn]")];
  }

  get turn() {
    const moment = document.querySelector("[data-moment-turn]");
    return Number(moment?.dataset.momentTurn ?? 0);
  }

  get last() {
    return Math.max(0, ...this.links.map((link) => Number(link.dataset.turn)));
  }

  revealControls() {
    for (const part of this.querySelectorAll("[data-needs-script]")) part.hidden = false;
  }

  go(turn) {
    const bounded = Math.min(this.last, Math.max(0, turn));
    if (bounded === this.turn && !this.pending) return;
    this.links.find((link) => Number(link.dataset.turn) === bounded)?.click();
  }

  jump(direction) {
    const points = this.links
      .filter((link) => link.dataset.turning !== undefined)
      .map((link) => Number(link.dataset.turn));
    const ahead = direction > 0
      ? points.find((point) => point > this.turn)
      : points.filter((point) => point < this.turn).pop();
    if (ahead !== undefined) this.go(ahead);
  }

  play() {
    if (this.turn >= this.last) this.go(0);
    this.timer = setInterval(() => {
      if (this.turn >= this.last) this.stop();
      else this.go(this.turn + 1);
    }, SPEEDS[this.speed]);
    this.showPlaying(true);
  }

  stop() {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.showPlaying(false);
  }

  showPlaying(playing) {
    const button = this.querySelector("[data-act=play]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(playing));
    button.textContent = playing ? button.dataset.pause : button.dataset.play;
  }

  onClick(event) {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const acts = {
      play: () => (this.timer === null ? this.play() : this.stop()),
      first: () => this.go(0),
      back: () => this.go(this.turn - 1),
      forward: () => this.go(this.turn + 1),
      last: () => this.go(this.last),
      "turning-back": () => this.jump(-1),
      "turning-forward": () => this.jump(1),
    };
    acts[button.dataset.act]?.();
  }

  onInput(event) {
    if (!event.target.matches("input[type=range]")) return;
    this.describe(Number(event.target.value));
  }

  onChange(event) {
    if (event.target.matches("input[type=range]")) this.go(Number(event.target.value));
    if (event.target.matches("select[name=speed]")) {
      this.speed = event.target.value;
      if (this.timer !== null) {
        this.stop();
        this.play();
      }
    }
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable], dialog")) return;
    const acts = {
      ArrowLeft: () => this.go(this.turn - 1),
      ArrowRight: () => this.go(this.turn + 1),
      Home: () => this.go(0),
      End: () => this.go(this.last),
      "[": () => this.jump(-1),
      "]": () => this.jump(1),
      p: () => (this.timer === null ? this.play() : this.stop()),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  describe(turn) {
    const link = this.links.find((one) => Number(one.dataset.turn) === turn);
    const slider = this.querySelector("input[type=range]");
    if (slider && link) slider.setAttribute("aria-valuetext", link.dataset.label);
  }

  // The moment on the page is the truth; the scrubber follows it.
  follow() {
    const turn = this.turn;
    for (const link of this.links) {
      if (Number(link.dataset.turn) === turn) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    const slider = this.querySelector("input[type=range]");
    if (slider) slider.value = String(turn);
    this.describe(turn);
    const current = this.querySelector("a[aria-current]");
    const strip = current?.closest("ol");
    if (strip) strip.scrollLeft = current.offsetLeft - strip.clientWidth / 2;
    this.querySelector("[data-act=back]")?.toggleAttribute("disabled", turn === 0);
    this.querySelector("[data-act=forward]")?.toggleAttribute("disabled", turn === this.last);
  }
}

customElements.define("replay-scrubber", ReplayScrubber);
