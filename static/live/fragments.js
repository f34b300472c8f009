// Puts a fragment of HTML in its place without taking anything from the person who works there:
// what is being typed or pressed stays, open details stay open, scrolled lists stay where they are.

import { isBusy } from "./busy.js";

const held = new Map(); // element id -> the newest HTML that waits for the person to finish

/** Show `html` as the element with this id; held back while somebody works in it. */
export function applyFragment(id, html) {
  const element = document.getElementById(id);
  if (!element) return;
  if (isBusy(element)) {
    held.set(id, html);
    element.dataset.held = "";
    updateParts(element, html);
    return;
  }
  held.delete(id);
  replace(element, html);
}

/** Apply the fragments that waited, where the person has moved on. */
export function releaseHeld() {
  for (const [id, html] of [...held]) {
    const element = document.getElementById(id);
    if (!element || !isBusy(element)) {
      held.delete(id);
      if (element) replace(element, html);
    }
  }
}

// Of a list with `data-parts` the children that nobody works in are brought up to date by their
// ids: a teammate's new draft appears beside the one that is being typed.
function updateParts(element, html) {
  const news = parsed(html);
  for (const list of element.querySelectorAll("[data-parts][id]")) {
    const next = news.getElementById(list.id);
    if (!next) continue;
    const wanted = new Set([...next.children].map((child) => child.id));
    for (const child of [...list.children]) {
      if (!wanted.has(child.id) && !isBusy(child)) child.remove();
    }
    let before = null;
    for (const child of [...next.children]) {
      const shown = [...list.children].find((other) => other.id === child.id);
      if (!shown) {
        if (before) before.after(child);
        else list.prepend(child);
        settle(child);
      } else if (!isBusy(shown)) {
        replace(shown, child.outerHTML);
      }
      before = document.getElementById(child.id);
    }
  }
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function replace(element, html) {
  const content = parsed(html);
  const only = content.children.length === 1 ? content.firstElementChild : null;
  const whole = only && only.id === element.id;
  if (whole && only.isEqualNode(element)) return;
  const memory = remember(element);
  if (whole) element.replaceWith(only);
  else element.replaceChildren(content);
  const shown = whole ? only : element;
  delete shown.dataset.held;
  recall(memory);
  settle(shown);
}

// htmx wires the new forms; the page hears which part changed.
function settle(shown) {
  globalThis.htmx?.process(shown);
  shown.dispatchEvent(new CustomEvent("game:fragment", { bubbles: true }));
}

function remember(element) {
  const active = document.activeElement;
  return {
    focus: active && active !== document.body && element.contains(active) ? placeOf(active) : null,
    open: [...element.querySelectorAll("details[id]")].map((d) => [d.id, d.open]),
    scrolled: [...element.querySelectorAll("[id]"), element]
      .filter((e) => e.id && (e.scrollTop || e.scrollLeft))
      .map((e) => [e.id, e.scrollTop, e.scrollLeft]),
  };
}

// Where the focus is, in words that hold in the next version of the fragment: the nearest element
// with an id, and which of its like it is in there.
function placeOf(active) {
  const anchor = active.closest("[id]");
  if (anchor === active) return { anchor: active.id };
  let like = active.localName;
  for (const name of ["name", "value", "type"]) {
    const value = active.getAttribute(name);
    if (value !== null) like += `[${name}="${CSS.escape(value)}"]`;
  }
  return { anchor: anchor.id, like, index: [...anchor.querySelectorAll(like)].indexOf(active) };
}

function recall(memory) {
  for (const [id, open] of memory.open) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  for (const [id, top, left] of memory.scrolled) {
    const scroller = document.getElementById(id);
    if (scroller) scroller.scrollTo({ top, left, behavior: "instant" });
  }
  if (!memory.focus) return;
  const { anchor, like, index } = memory.focus;
  const near = document.getElementById(anchor);
  const target = like ? near?.querySelectorAll(like)[index] : near;
  target?.focus({ preventScroll: true });
}
