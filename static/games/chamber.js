// <council-chamber>: the seats around the table; pointing at one shows its member's words below. The
// roll call beside it is the same in a table.

class CouncilChamber extends HTMLElement {
  connectedCallback() {
    const said = this.querySelector("[data-said]");
    const show = (event) => {
      const seat = event.target.closest?.("[data-words]");
      if (said) said.textContent = seat ? seat.dataset.words : said.dataset.said;
    };
    this.addEventListener("pointerover", show);
    this.addEventListener("focusin", show);
    this.addEventListener("pointerleave", show);
  }
}

customElements.define("council-chamber", CouncilChamber);
