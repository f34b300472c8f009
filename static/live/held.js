// Forms that could not be sent wait here and are sent when the connection is back.
//
// A form is sent again only if the request never reached the server (htmx:sendError) and the
// form is still on the page. The words of the form stay in it the whole time.

export class HeldRequests {
  #forms = new Set();
  #owner;

  constructor(owner, signal) {
    this.#owner = owner;
    document.addEventListener("htmx:sendError", (event) => this.#hold(event), { signal });
    document.addEventListener("htmx:timeout", (event) => this.#hold(event), { signal });
    document.addEventListener("htmx:afterRequest", (event) => this.#sent(event), { signal });
    addEventListener("beforeunload", (event) => this.#forms.size && event.preventDefault(), {
      signal,
    });
  }

  #hold(event) {
    const form = event.detail.elt?.closest("form");
    if (!form) return;
    this.#forms.add(form);
    form.dataset.unsent = "";
    this.#owner.dispatchEvent(
      new CustomEvent("game:held", { bubbles: true, detail: { waiting: this.#forms.size } }),
    );
  }

  #sent(event) {
    const form = event.detail.elt?.closest("form");
    if (form && event.detail.successful) {
      this.#forms.delete(form);
      delete form.dataset.unsent;
    }
  }

  /** Send what waits, in the order in which it was held. */
  send() {
    for (const form of [...this.#forms]) {
      this.#forms.delete(form);
      delete form.dataset.unsent;
      if (form.isConnected) form.requestSubmit();
    }
  }
}
