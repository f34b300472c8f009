// Shows only the fields that the chosen question needs. Without script all of them are there.

class StudyQuestion extends HTMLElement {
  connectedCallback() {
    this.kind = this.querySelector("[name=kind]");
    this.kind.addEventListener("change", () => this.show());
    this.show();
  }

  show() {
    for (const part of this.querySelectorAll("[data-for]")) {
      part.hidden = part.dataset.for !== this.kind.value;
    }
  }
}

customElements.define("study-question", StudyQuestion);
