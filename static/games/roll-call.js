// <roll-call>: a vote that has been taken, read out member by member in the order of the journal. It
// plays once on this device, when it comes into sight; then, and for whoever wants less motion, it
// stands there whole. A screen reader hears the outcome in one sentence and finds the list complete.

const STEP_MS = 620;
const WORDS_MS = 2200; // for a member who explains its vote
const PREFIX = "heard:";
const playing = new Map(); // roll -> index of the member called last: a new fragment goes on there

function isHeard(roll) {
  try {
    return localStorage.getItem(PREFIX + roll) !== null;
  } catch {
    return true; // storage may be closed to us: then nothing plays by itself
  }
}

function markHeard(roll) {
  try {
    localStorage.setItem(PREFIX + roll, "1");
  } catch {
    // then it can be called again
  }
}

class RollCall extends HTMLElement {
  #timer = null;
  #watcher = null;
  #still = matchMedia("(prefers-reduced-motion: reduce)");

  connectedCallback() {
    this.querySelector("[data-play]")?.addEventListener("click", () => this.#begin());
    this.querySelector("[data-skip]")?.addEventListener("click", () => this.#end());
    const roll = this.dataset.roll;
    if (playing.has(roll)) this.#conceal(playing.get(roll));
    else if (!("latest" in this.dataset) || isHeard(roll)) return this.#whole();
    else if (this.#still.matches) return this.#whenSeen(() => this.#end());
    else this.#conceal(-1);
    this.#whenSeen(() => this.#next());
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#watcher?.disconnect();
  }

  #whenSeen(act) {
    this.#watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.#watcher.disconnect();
      act();
    });
    this.#watcher.observe(this.querySelector(".roll-call__head"));
  }

  get #members() {
    return [...this.querySelectorAll(".roll-call__list > li")];
  }

  // As it stood after the member of this index was called; -1 before the first.
  #conceal(index) {
    this.dataset.state = "calling";
    playing.set(this.dataset.roll, index);
    const members = this.#members;
    members.forEach((member, i) => this.#show(member, i <= index));
    members.forEach((member, i) => member.classList.toggle("is-called", i === index));
    const last = members[index]?.dataset ?? { yes: 0, no: 0, abstain: 0 };
    for (const figure of this.querySelectorAll("[data-tally]")) {
      figure.textContent = last[figure.dataset.tally];
    }
    this.#fill(Number(last.yes), Number(last.no));
    this.querySelector("[data-play]").hidden = true;
    this.querySelector("[data-skip]").hidden = false;
    const now = this.querySelector("[data-now]");
    now.hidden = false;
    now.replaceChildren(...[...(members[index]?.childNodes ?? [])].map((n) => n.cloneNode(true)));
  }

  #show(member, called) {
    member.classList.toggle("is-to-come", !called);
    this.querySelector(`.chamber__seat[data-seat="${CSS.escape(member.dataset.seat)}"]`)
      ?.classList.toggle("is-to-come", !called);
  }

  // Yes fills the strip from the left and no from the right, as it will stand at the end.
  #fill(yes, no) {
    const cells = [...this.querySelectorAll(".cell")];
    let [left, right] = [yes, no];
    for (const cell of cells) cell.classList.add("is-to-come");
    for (const cell of cells) {
      if (cell.dataset.choice === "yes" && left-- > 0) cell.classList.remove("is-to-come");
    }
    for (const cell of cells.reverse()) {
      if (cell.dataset.choice === "no" && right-- > 0) cell.classList.remove("is-to-come");
    }
  }

  #begin() {
    this.#conceal(-1);
    this.querySelector("[data-skip]").focus({ preventScroll: true });
    this.#next();
  }

  #next() {
    const members = this.#members;
    const index = playing.get(this.dataset.roll) ?? -1;
    if (index + 1 >= members.length) return this.#end();
    const explains = members[index]?.querySelector(".roll-call__why");
    const wait = index < 0 ? STEP_MS * 1.5 : explains ? WORDS_MS : STEP_MS;
    this.#timer = setTimeout(() => {
      this.#conceal(index + 1);
      if (index + 2 >= members.length) this.#timer = setTimeout(() => this.#end(), WORDS_MS);
      else this.#next();
    }, wait);
  }

  #end() {
    markHeard(this.dataset.roll);
    this.dispatchEvent(
      new CustomEvent("room:say", { bubbles: true, detail: this.dataset.announce }),
    );
    this.#whole();
  }

  #whole() {
    clearTimeout(this.#timer);
    playing.delete(this.dataset.roll);
    const hadFocus = document.activeElement?.matches?.("[data-skip]");
    delete this.dataset.state;
    for (const element of this.querySelectorAll(".is-to-come, .is-called")) {
      element.classList.remove("is-to-come", "is-called");
    }
    const last = this.#members.at(-1)?.dataset;
    for (const figure of this.querySelectorAll("[data-tally]")) {
      if (last) figure.textContent = last[figure.dataset.tally];
    }
    this.querySelector("[data-now]").hidden = true;
    this.querySelector("[data-skip]").hidden = true;
    const play = this.querySelector("[data-play]");
    play.hidden = this.#still.matches;
    if (hadFocus) play.focus({ preventScroll: true });
  }
}

customElements.define("roll-call", RollCall);
