// The room's panels: one is shown at a time, named by the address's fragment, so that the browser's
// Back works and a link can point at one. Without this script all of them stand below each other.

function panels() {
  return [...document.querySelectorAll("[data-panel]")];
}

function wanted() {
  const id = location.hash.slice(1);
  const target = id ? document.getElementById(id) : null;
  // A link to a place outside the panels, as the skip links have, leaves the shown one as it is.
  const shown = panels().find((panel) => panel.hasAttribute("data-shown"));
  return target?.closest("[data-panel]") ?? (target && shown) ?? panels()[0];
}

function show({ focus = false } = {}) {
  const current = wanted();
  if (!current) return;
  for (const panel of panels()) {
    panel.hidden = panel !== current;
    panel.toggleAttribute("data-shown", panel === current);
  }
  for (const link of document.querySelectorAll("[data-panel-link]")) {
    if (link.hash.slice(1) === current.id) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else {
      link.removeAttribute("aria-current");
    }
  }
  document.title = `${current.dataset.title} · ${document.body.dataset.roomTitle}`;
  if (!focus) return;
  const target = document.getElementById(location.hash.slice(1));
  if (target && !current.contains(target)) return target.focus();
  scrollTo({ top: 0, behavior: "instant" });
  if (target && target !== current) {
    if (target instanceof HTMLDetailsElement) target.open = true;
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  } else {
    current.querySelector("h2")?.focus({ preventScroll: true });
  }
  current.dispatchEvent(new CustomEvent("room:panel", { bubbles: true, detail: current.id }));
}

export function startPanels() {
  for (const heading of document.querySelectorAll("[data-panel] > .panel__head h2")) {
    heading.tabIndex = -1;
  }
  addEventListener("hashchange", () => show({ focus: true }));
  show();
}
