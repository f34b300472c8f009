// <replay-presenter>: arrow keys, space and page keys follow the links of the outline; "full screen"
// shows where the browser offers it. Without this file the links do the same.

class ReplayPresenter extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    const full = this.querySelector("[data-fullscreen]");
    if (full && document.fullscreenEnabled) {
      full.hidden = false;
      full.addEventListener("click", () => this.requestFullscreen(), { signal });
    }
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, button, summary")) return;
    const steps = { ArrowRight: "on", PageDown: "on", " ": "on", ArrowLeft: "back", PageUp: "back" };
    const step = steps[event.key];
    const link = step && this.querySelector(`[data-step=${step}]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  }
}

customElements.define("replay-presenter", ReplayPresenter);
