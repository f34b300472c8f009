// <relation-map>: pointing at a government, or moving to it by keyboard, leaves only its relations lit
// and says them in words below the picture. The table under the map holds the same.

class RelationMap extends HTMLElement {
  #listening = null;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const light = (event) => this.#light(event.target.closest?.("[data-party]"));
    this.addEventListener("pointerover", light, { signal });
    this.addEventListener("focusin", light, { signal });
    this.addEventListener("pointerleave", () => this.#light(null), { signal });
    this.addEventListener("focusout", () => this.#light(null), { signal });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#light(null), {
      signal,
    });
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  #light(party) {
    const said = this.querySelector("[data-said]");
    if (!party) {
      delete this.dataset.about;
      if (said) said.textContent = said.dataset.said;
      return;
    }
    const about = party.dataset.party;
    this.dataset.about = about;
    for (const line of this.querySelectorAll("[data-pair]")) {
      line.toggleAttribute("data-lit", line.dataset.pair.split(" ").includes(about));
    }
    if (said) said.textContent = party.dataset.words;
  }
}

customElements.define("relation-map", RelationMap);
