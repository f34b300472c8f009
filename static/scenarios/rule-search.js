// The rule book's search: hides the entries that do not hold every word, and sections left empty.
// Without script the field stays hidden and the browser's own search does the work.

class RuleSearch extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.found = this.querySelector("[data-found]");
    this.entries = [...document.querySelectorAll("[data-entry]")].map((element) => ({
      element,
      text: `${element.textContent} ${element.id}`.toLocaleLowerCase(),
    }));
    this.sections = [...document.querySelectorAll("[data-section]")];
    this.hidden = false;
    this.narrow = () => matchMedia("(max-width: 60rem)").matches;
    if (this.narrow()) document.querySelector(".book__toc")?.removeAttribute("open");
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.input.value = "";
        this.search();
      }
    });
    addEventListener("hashchange", () => this.show(location.hash));
    if (this.input.value) this.search();
  }

  search() {
    const words = this.input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of this.entries) {
      const matches = words.every((word) => text.includes(word));
      element.hidden = !matches;
      if (matches) count += 1;
    }
    for (const section of this.sections) {
      const empty = words.length > 0 && !section.querySelector("[data-entry]:not([hidden])");
      section.hidden = empty;
    }
    const { one, many, none } = this.found.dataset;
    if (words.length === 0) this.found.textContent = "";
    else this.found.textContent = count === 0 ? none : count === 1 ? one : many.replace("{n}", count);
  }

  // A link into the book leads to its entry even while a search hides it.
  show(hash) {
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target || !target.closest("[hidden]")) return;
    this.input.value = "";
    this.search();
    target.scrollIntoView();
  }
}

customElements.define("rule-search", RuleSearch);
