// Talks: counts what this person has not read, and brings an open thread up to date when its count grows.
//
// The list of threads is one fragment for the whole delegation; how far each person has read is kept
// here (`marks` on the page's body) and by the server (when a thread is opened).

function talks() {
  return document.getElementById("talks");
}

function marks() {
  try {
    return JSON.parse(document.body.dataset.marks || "{}");
  } catch {
    return {};
  }
}

function setMark(thread, count) {
  const all = marks();
  all[thread] = Math.max(all[thread] || 0, count);
  document.body.dataset.marks = JSON.stringify(all);
}

function isShown(thread) {
  const open = document.querySelector("[data-thread-open]");
  return open?.dataset.threadOpen === thread && open.checkVisibility() && document.hasFocus();
}

function count() {
  const known = marks();
  let all = 0;
  for (const row of document.querySelectorAll("[data-thread]")) {
    const unread = Math.max(0, Number(row.dataset.count) - (known[row.dataset.thread] || 0));
    const badge = row.querySelector("[data-unread]");
    if (badge) {
      badge.hidden = unread === 0;
      badge.querySelector("[data-figure]").textContent = String(unread);
    }
    all += unread;
  }
  for (const badge of document.querySelectorAll("[data-unread-all]")) {
    badge.hidden = all === 0;
    badge.querySelector("[data-figure]").textContent = String(all);
  }
}

async function catchUp() {
  const open = document.querySelector("[data-thread-open]");
  if (!open || open.dataset.loading) return;
  const row = document.querySelector(`[data-thread="${CSS.escape(open.dataset.threadOpen)}"]`);
  const list = open.querySelector("[data-messages]");
  const have = Number(list.dataset.until);
  if (!row || Number(row.dataset.count) <= have) return;
  open.dataset.loading = "";
  try {
    const answer = await fetch(`${open.dataset.more}?after=${have}`, {
      headers: { "HX-Request": "true" },
    });
    if (!answer.ok) return;
    const pane = list.parentElement;
    const atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 40;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const news = [...template.content.querySelectorAll("[data-position]")].filter(
      (message) => Number(message.dataset.position) > have,
    );
    list.append(...news);
    pane.hidden = false;
    open.querySelector("[data-nothing]")?.remove();
    const last = news.at(-1);
    if (last) list.dataset.until = last.dataset.position;
    if (atEnd) pane.scrollTop = pane.scrollHeight;
    read();
  } catch {
    // the next push tries again
  } finally {
    delete open.dataset.loading;
  }
}

function read() {
  const open = document.querySelector("[data-thread-open]");
  if (!open || !isShown(open.dataset.threadOpen)) return;
  const until = Number(open.querySelector("[data-messages]").dataset.until);
  const known = marks()[open.dataset.threadOpen] || 0;
  if (until > known) {
    setMark(open.dataset.threadOpen, until);
    count();
    const body = new URLSearchParams({ position: String(until) });
    const csrf = document.querySelector("meta[name=csrf-token]")?.content ?? "";
    fetch(open.dataset.read, { method: "POST", body, headers: { "X-CSRFToken": csrf } }).catch(() => {});
  }
}

async function older(button) {
  const open = button.closest("[data-thread-open]");
  const list = open.querySelector("[data-messages]");
  button.disabled = true;
  try {
    const answer = await fetch(`${open.dataset.more}?before=${list.dataset.from}`, {
      headers: { "HX-Request": "true" },
    });
    if (!answer.ok) return;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const before = [...template.content.querySelectorAll("[data-position]")];
    const pane = list.parentElement;
    const height = pane.scrollHeight;
    list.prepend(...before);
    pane.scrollTop += pane.scrollHeight - height;
    if (before.length) list.dataset.from = before[0].dataset.position;
    button.hidden = Number(list.dataset.from) <= 1;
  } finally {
    button.disabled = false;
  }
}

export function startTalks() {
  if (!talks()) return;
  count();
  document.addEventListener("game:fragment", (event) => {
    if (event.target.id !== "room-threads") return;
    count();
    catchUp();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!event.target.closest?.("#talks")) return;
    const pane = document.querySelector("[data-messages]")?.parentElement;
    if (pane) pane.scrollTop = pane.scrollHeight;
    for (const link of document.querySelectorAll(".threads__link")) {
      const slug = link.parentElement.dataset.thread;
      const isOpen = slug === document.querySelector("[data-thread-open]")?.dataset.threadOpen;
      link.toggleAttribute("aria-current", isOpen);
      if (isOpen) link.setAttribute("aria-current", "true");
    }
    document.getElementById("thread-title")?.focus({ preventScroll: true });
    read();
  });
  document.addEventListener("room:sent", catchUp);
  document.addEventListener("room:panel", read);
  addEventListener("focus", read);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-older]");
    if (button) older(button);
  });
}
