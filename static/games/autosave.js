// Drafts save themselves. A form with `data-autosave` is sent a moment after the last keystroke or
// choice; what is typed while it is under way is sent after it; nothing that was typed is overtaken
// by what the person does next (pressing ready, leaving the page).
//
// The form's `data-save` says how it stands: waiting | sending | saved | failed.

import { markSaved, snapshotOf } from "./fields.js";

const AFTER_TYPING_MS = 700;
const AFTER_CHOICE_MS = 100;

const timers = new Map(); // form -> timer of the save that is due
const underWay = new Map(); // form -> what it held when it was sent
const again = new Set(); // forms that changed while they were under way
let settled = []; // who waits until nothing is due or under way

function formOf(element) {
  const form = element?.closest?.("form[data-autosave]");
  return form && form.isConnected ? form : null;
}

function schedule(form, wait) {
  clearTimeout(timers.get(form));
  timers.set(
    form,
    setTimeout(() => send(form), wait),
  );
  form.dataset.save = "waiting";
}

function send(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  if (!form.isConnected) return tellSettled();
  if (underWay.has(form)) return void again.add(form);
  form.dispatchEvent(new CustomEvent("room:save"));
}

function tellSettled() {
  if (isPending()) return;
  for (const tell of settled.splice(0)) tell();
}

function isPending() {
  for (const form of timers.keys()) if (!form.isConnected) forget(form);
  return timers.size > 0 || underWay.size > 0;
}

/** Forget what is due of this form: its draft is gone. */
export function forget(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  again.delete(form);
}

/** Save this form at once. */
export function saveNow(form) {
  schedule(form, 0);
}

/** Send what is due now; resolves, to whether all of it was saved, when nothing is under way. */
export function saveAll() {
  for (const form of [...timers.keys()]) send(form);
  // What waits for the network goes out before whatever is sent now.
  const done = () => !document.querySelector("form[data-save=failed]:not([data-unsent])");
  if (!isPending()) return Promise.resolve(done());
  return new Promise((resolve) => settled.push(() => resolve(done())));
}

// With each field goes what it held when it was last in step with the server, so that two people who
// edit one draft are merged field by field.
function addBefore(form, parameters) {
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.defaultChecked) parameters.append(`was-${field.name}`, field.value);
    } else if (field instanceof HTMLSelectElement) {
      const option = [...field.options].find((o) => o.defaultSelected) ?? field.options[0];
      parameters.append(`was-${field.name}`, option?.value ?? "");
    } else {
      parameters.append(`was-${field.name}`, field.defaultValue);
    }
  }
}

// What a teammate wrote in fields that we changed too is from now on what ours replaces.
function takeTheirs(form, theirs) {
  for (const [name, value] of Object.entries(theirs)) {
    const field = form.elements[name];
    if (field && "defaultValue" in field) field.defaultValue = value ?? "";
  }
}

// A page that goes away cannot wait for an answer; the browser carries these requests out after it.
function sendLast(csrf) {
  for (const form of new Set([...timers.keys(), ...again, ...underWay.keys()])) {
    if (!form.isConnected) continue;
    const body = new URLSearchParams(new FormData(form));
    addBefore(form, body);
    const headers = { "X-CSRFToken": csrf, "HX-Request": "true" };
    fetch(form.getAttribute("hx-post"), { method: "POST", body, headers, keepalive: true }).catch(
      () => {},
    );
  }
}

export function startAutosave(csrf) {
  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (form) schedule(form, AFTER_TYPING_MS);
  });
  document.addEventListener("change", (event) => {
    const form = formOf(event.target);
    if (form) schedule(form, AFTER_CHOICE_MS);
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches("form[data-autosave]")) return;
    addBefore(form, event.detail.formData);
    clearTimeout(timers.get(form));
    timers.delete(form);
    again.delete(form);
    underWay.set(form, snapshotOf(form));
    form.dataset.save = "sending";
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!underWay.has(form)) return;
    const sent = underWay.get(form);
    underWay.delete(form);
    const { successful, xhr } = event.detail;
    const theirs = xhr.getResponseHeader("X-Room-Theirs");
    if (successful || theirs) markSaved(form, sent);
    if (theirs) takeTheirs(form, JSON.parse(decodeURIComponent(theirs)));
    if (!timers.has(form)) form.dataset.save = successful ? "saved" : "failed";
    if (again.delete(form)) send(form);
    tellSettled();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") for (const form of [...timers.keys()]) send(form);
  });
  addEventListener("pagehide", () => sendLast(csrf));
}
