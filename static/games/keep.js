// Text that is not autosaved by the server (a message being written, an explanation of vote) is kept in
// the browser until it is sent: a reload, a crash or a dead battery loses nothing.

const PREFIX = "kept:";

function key(field) {
  return PREFIX + location.pathname + field.dataset.keep;
}

function restore(root) {
  for (const field of root.querySelectorAll?.("[data-keep]") ?? []) {
    const kept = read(key(field));
    if (kept && !field.value) field.value = kept;
  }
}

function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage may be closed to us
  }
}

function write(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // then the text lives only in its field
  }
}

export function startKeeping() {
  restore(document);
  document.addEventListener("input", (event) => {
    if (event.target.dataset?.keep) write(key(event.target), event.target.value);
  });
  document.addEventListener("room:sent", (event) => {
    for (const field of event.target.querySelectorAll("[data-keep]")) write(key(field), "");
  });
  document.addEventListener("game:fragment", (event) => restore(event.target));
  document.addEventListener("htmx:afterSettle", (event) => restore(event.target));
}
