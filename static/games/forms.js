// Forms of the room go by htmx and answer with fragments: elements with an id that take the place of
// those on the page, by the same way as a push. A refusal stays beside the form that met it.

import { applyFragment, releaseHeld } from "../live/fragments.js";
import { forget, saveAll, saveNow, startAutosave } from "./autosave.js";
import { clearSent, markSaved, snapshotOf } from "./fields.js";
import { say } from "./say.js";

const sent = new WeakMap(); // form -> what it held when it was sent

function show(answer) {
  const template = document.createElement("template");
  template.innerHTML = answer;
  for (const element of [...template.content.children]) {
    if (element.id) applyFragment(element.id, element.outerHTML);
  }
}

// Sentences of the page's own, in its language, by status or name.
function wordsFor(name) {
  const words = JSON.parse(document.getElementById("room-words")?.textContent ?? "{}");
  return words[name] ?? words.failed ?? "";
}

function refuse(form, text, ...ways) {
  const place = form.querySelector("[data-refusal]");
  if (!place) return say(text);
  place.replaceChildren(text);
  for (const [name, act] of ways) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small";
    button.textContent = wordsFor(name);
    button.addEventListener("click", () => {
      place.hidden = true;
      act();
    });
    place.append(" ", button);
  }
  place.hidden = false;
}

// The server says that this form has nothing to write to any more. Its words stay on the page until
// the person has put them away.
function putAway(form) {
  forget(form);
  form.reset();
  document.activeElement?.blur();
  releaseHeld();
}

// What a teammate wrote in fields that we changed too: ours stay in the form until one is chosen.
function choose(form, text, theirs) {
  const take = () => {
    for (const [name, value] of Object.entries(theirs)) {
      const field = form.elements[name];
      if (field && "value" in field) field.value = value ?? "";
    }
    form.dataset.save = "saved";
    releaseHeld();
  };
  refuse(form, text, ["keep_ours", () => saveNow(form)], ["take_theirs", take]);
}

function answered(form, { elt, xhr, successful }) {
  if (!successful) {
    const own = xhr.getResponseHeader("X-Room-Refusal");
    const theirs = xhr.getResponseHeader("X-Room-Theirs");
    const text = own ? decodeURIComponent(own) : wordsFor(xhr.status);
    if (theirs) choose(form, text, JSON.parse(decodeURIComponent(theirs)));
    else if (xhr.getResponseHeader("X-Room-Over")) {
      refuse(form, text, ["put_away", () => putAway(form)]);
    } else if ("autosave" in form.dataset) {
      refuse(form, text, ["save_again", () => saveNow(form)]);
    } else refuse(form, text);
    return;
  }
  const place = form.querySelector("[data-refusal]");
  if (place) place.hidden = true;
  if (elt !== form) {
    // A button of its own in the form, which takes away what the form writes to.
    forget(form);
    markSaved(form);
  } else if (form.dataset.after === "reset") {
    clearSent(form, sent.get(form) ?? snapshotOf(form));
  } else if (!("autosave" in form.dataset)) {
    markSaved(form, sent.get(form));
  }
  form.dispatchEvent(new CustomEvent("room:sent", { bubbles: true }));
  const said = xhr.getResponseHeader("X-Room-Said");
  if (said) say(decodeURIComponent(said));
}

// Whether a push has shown something later already: an answer takes longer than a turn's end may.
function isOlder(cursor) {
  const shown = Number(document.querySelector("game-connection")?.getAttribute("cursor"));
  return cursor !== null && Number(cursor) < shown;
}

// Where the person goes on: the first field of what was made, in sight.
function goOn(element) {
  if (!element) return;
  const field = [...element.querySelectorAll("input, select, textarea")].find(
    (candidate) => candidate.type !== "hidden" && candidate.checkVisibility(),
  );
  element.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}

// What takes the drafts as they stand waits until they stand as they were typed.
async function sendAfterDrafts(form, send) {
  form.dataset.waits = "";
  const saved = await saveAll();
  delete form.dataset.waits;
  if (saved) send();
  else refuse(form, wordsFor("unsaved"));
}

// Tell the teammates which draft is being edited; forget it when the focus leaves all drafts.
function startEditing(csrf) {
  const page = document.querySelector("[data-editing]");
  if (!page) return;
  let current = "";
  const tell = (draft) => {
    if (draft === current) return;
    current = draft;
    const headers = { "X-CSRFToken": csrf };
    const body = new URLSearchParams({ draft });
    fetch(page.dataset.editing, { method: "POST", body, headers, keepalive: true }).catch(() => {});
  };
  const draftOf = (element) => element?.closest?.("[data-draft]")?.dataset.draft ?? "";
  page.addEventListener("focusin", (event) => tell(draftOf(event.target)));
  page.addEventListener("focusout", (event) => tell(draftOf(event.relatedTarget)));
  addEventListener("pagehide", () => tell(""));
}

// A fragment is the same for a whole delegation; what depends on who looks is done here.
function makePersonal() {
  const me = document.body.dataset.me;
  for (const form of document.querySelectorAll("form[data-only]")) {
    const mine = form.dataset.only.split(" ").includes(me);
    for (const button of form.querySelectorAll("button")) button.disabled = !mine;
  }
  for (const item of document.querySelectorAll("[data-member]")) {
    item.hidden = item.dataset.member === me;
  }
}

export function startForms() {
  const csrf = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  startAutosave(csrf);
  startEditing(csrf);
  document.addEventListener("game:fragment", makePersonal);
  makePersonal();
  document.addEventListener("htmx:confirm", (event) => {
    const { elt, issueRequest } = event.detail;
    if (!elt.matches("form[data-after-drafts]")) return;
    event.preventDefault();
    sendAfterDrafts(elt, () => issueRequest(true));
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (csrf) event.detail.headers["X-CSRFToken"] = csrf;
    const form = event.detail.elt;
    if (form.matches("form")) sent.set(form, snapshotOf(form));
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.elt.closest("form")?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, requestConfig } = event.detail;
    const form = elt.closest?.("form");
    form?.removeAttribute("aria-busy");
    if (!form || requestConfig.verb === "get") return;
    answered(form, event.detail);
    const shows = xhr.responseText && xhr.getResponseHeader("X-Room-Fragments");
    if (shows && !isOlder(xhr.getResponseHeader("X-Room-Cursor"))) show(xhr.responseText);
    const next = xhr.getResponseHeader("X-Room-Focus");
    if (next) goOn(document.getElementById(next));
  });
}
