// One polite live region for the whole room. Sentences that come close together are joined, so that a
// screen reader is told what happened once and not flooded.

const JOIN_MS = 700;
let waiting = [];
let timer = null;

/** Have a screen reader say `sentence` when it is free. */
export function say(sentence) {
  if (!sentence || waiting.includes(sentence)) return;
  waiting.push(sentence);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const region = document.getElementById("room-say");
    if (region) region.textContent = waiting.join(" ");
    waiting = [];
  }, JOIN_MS);
}

export function startSaying() {
  let turn = null;
  document.addEventListener("room:say", (event) => say(event.detail));
  document.addEventListener("game:state", (event) => {
    if (event.detail.state !== "connecting") document.body.dataset.live = event.detail.state;
  });
  document.addEventListener("game:frame", (event) => {
    const first = turn === null;
    const moved = !first && event.detail.turn !== turn;
    turn = event.detail.turn;
    const header = document.getElementById("room-turn");
    if (moved && header) say(header.dataset.said);
  });
}
