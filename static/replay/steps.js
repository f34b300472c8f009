// <replay-steps>: marks one step of a turn, by the address (?step=12) or by the keys "," and ".".

class ReplaySteps extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.addEventListener("click", (event) => this.onClick(event), { signal });
    const asked = Number(new URLSearchParams(location.search).get("step"));
    if (asked) this.mark(asked, { remember: false });
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  get steps() {
    return [...this.querySelectorAll("[data-step]")];
  }

  get current() {
    return Number(this.querySelector("[aria-current]")?.dataset.step ?? 0);
  }

  mark(number, { remember = true } = {}) {
    const step = this.steps.find((one) => Number(one.dataset.step) === number);
    if (!step) return;
    for (const one of this.steps) one.removeAttribute("aria-current");
    step.setAttribute("aria-current", "step");
    step.scrollIntoView({ block: "center" });
    if (remember) history.replaceState(history.state, "", step.querySelector("a").href);
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (event.key === ".") this.mark(this.current + 1);
    else if (event.key === ",") this.mark(Math.max(1, this.current - 1));
  }

  onClick(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.mark(Number(link.closest("[data-step]").dataset.step));
  }
}

customElements.define("replay-steps", ReplaySteps);

// A deep link to a step opens the section in which the steps are fetched.
function openAsked() {
  const asked = new URLSearchParams(location.search).get("step");
  const section = document.getElementById("moment-steps");
  if (asked && section) section.open = true;
}

openAsked();
