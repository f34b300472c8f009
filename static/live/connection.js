// The live connection of a page: <game-connection> keeps one socket open, applies the fragments
// that it brings, and says in words how it stands. docs/live-protocol.md describes the protocol.
//
// Attributes: `src` (path of the socket), `cursor` and `stamp` (what the page itself shows), and the
// words in the page's language: data-connected, -connecting, -reconnecting, -offline, -ended,
// -signed-out, -removed, -moved, -reload (templates/live/_words.html).
// Events on the element, bubbling: `game:frame` with {cursor, turn, phase, deadline, now, offset,
// fragments}, and `game:state` with {state, text}.

import { applyFragment, releaseHeld } from "./fragments.js";
import { watchPresses } from "./busy.js";
import { HeldRequests } from "./held.js";

const PING_MS = 15_000;
const SILENCE_MS = 40_000;
const JUMP_MS = 250;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

// What a close code means for us: why we do not come back by ourselves, as one of our words.
const CLOSED = { 4401: "signedOut", 4403: "removed", 4409: "moved", 1008: "ended" };

export function waitBeforeAttempt(attempt, random = Math.random) {
  // Full jitter over a doubling window: hundreds of browsers do not come back at one moment.
  const window = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return FIRST_WAIT_MS / 2 + random() * window;
}

class GameConnection extends HTMLElement {
  #socket = null;
  #attempt = 0;
  #timer = null;
  #pinger = null;
  #heardAt = 0;
  #pingedAt = 0;
  #bestDelay = Infinity;
  #drift = Date.now() - performance.now();
  #stopped = false;
  #held = null;
  #listening = null;

  state = "connecting";
  offset = 0; // milliseconds to add to this device's clock to get the server's

  connectedCallback() {
    this.setAttribute("role", "status");
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#held = new HeldRequests(this, signal);
    addEventListener("online", () => this.#retryNow(), { signal });
    addEventListener("offline", () => this.#lost(), { signal });
    addEventListener("pagehide", () => this.#socket?.close(1000), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.#retryNow(), { signal });
    document.addEventListener(
      "visibilitychange",
      () => document.visibilityState === "visible" && this.#check(),
      { signal },
    );
    watchPresses(releaseHeld, signal);
    this.#show("connecting");
    this.#open();
  }

  disconnectedCallback() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearInterval(this.#pinger);
    this.#listening?.abort();
    this.#socket?.close(1000);
  }

  /** The server's time as this device knows it, in milliseconds since 1970. */
  now() {
    return Date.now() + this.offset;
  }

  #open() {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const url = new URL(this.getAttribute("src"), location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("language", document.documentElement.lang); // that of this very page
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.addEventListener("open", () => this.#resume(socket));
    socket.addEventListener("message", (event) => this.#receive(socket, event.data));
    socket.addEventListener("close", (event) => this.#closed(socket, event));
    clearInterval(this.#pinger);
    this.#pinger = setInterval(() => this.#beat(socket), PING_MS);
  }

  #resume(socket) {
    const cursor = Number(this.getAttribute("cursor")) || 0;
    const stamp = this.getAttribute("stamp");
    socket.send(JSON.stringify({ type: "resume", cursor, ...(stamp && { stamp }) }));
    this.#ping(socket);
  }

  #ping(socket) {
    this.#noticeJump();
    this.#pingedAt = performance.now();
    socket.send('{"type":"ping"}');
  }

  #beat(socket) {
    if (socket !== this.#socket) return;
    if (Date.now() - this.#heardAt > SILENCE_MS) {
      // A dead network closes nothing by itself.
      this.#closed(socket, { code: 1006 });
    } else if (socket.readyState === WebSocket.OPEN) {
      this.#ping(socket);
    }
  }

  #receive(socket, text) {
    if (socket !== this.#socket) return;
    this.#heardAt = Date.now();
    const message = JSON.parse(text);
    if (message.type === "pong") {
      this.#setClock(message.now, (performance.now() - this.#pingedAt) / 2);
      this.#live();
    } else if (message.type === "frame") {
      this.#frame(message);
      this.#live();
    }
  }

  #live() {
    this.#attempt = 0;
    if (this.state !== "connected") {
      this.#show("connected");
      this.#held.send();
    }
  }

  // A device that slept, or whose clock was set, knows nothing of the server's clock any more.
  #noticeJump() {
    const drift = Date.now() - performance.now();
    if (Math.abs(drift - this.#drift) > JUMP_MS) this.#bestDelay = Infinity;
    this.#drift = drift;
  }

  #setClock(now, delay) {
    // The quickest answer so far knows the server's clock best.
    if (delay > this.#bestDelay * 1.5) return;
    this.#bestDelay = Math.min(delay, this.#bestDelay);
    this.offset = Date.parse(now) + delay - Date.now();
  }

  #frame(message) {
    if (this.#bestDelay === Infinity) this.offset = Date.parse(message.now) - Date.now();
    for (const [id, html] of Object.entries(message.fragments)) applyFragment(id, html);
    this.setAttribute("cursor", message.cursor);
    this.setAttribute("stamp", message.stamp);
    this.dispatchEvent(
      new CustomEvent("game:frame", {
        bubbles: true,
        detail: {
          cursor: message.cursor,
          turn: message.turn,
          phase: message.phase,
          deadline: message.deadline,
          now: message.now,
          offset: this.offset,
          fragments: Object.keys(message.fragments),
        },
      }),
    );
  }

  #closed(socket, event) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearInterval(this.#pinger);
    socket.close();
    if (this.#stopped) return;
    const reason = CLOSED[event.code];
    if (reason) {
      this.#stopped = true;
      this.#show("offline", this.dataset[reason], { reload: true });
      return;
    }
    this.#lost();
    this.#timer = setTimeout(() => this.#open(), waitBeforeAttempt(this.#attempt));
    this.#attempt += 1;
  }

  #lost() {
    if (!this.#stopped) this.#show(navigator.onLine ? "reconnecting" : "offline");
  }

  #retryNow() {
    this.#stopped = this.#stopped && this.state === "ended";
    if (this.#socket === null && !this.#stopped) this.#open();
  }

  #check() {
    // A phone that wakes may hold a socket that died while it slept.
    if (this.#socket?.readyState === WebSocket.OPEN) this.#ping(this.#socket);
    else this.#retryNow();
  }

  #show(state, text = this.dataset[state], { reload = false } = {}) {
    this.state = state;
    this.dataset.state = state;
    const words = document.createElement("span");
    words.className = "connection__text";
    words.textContent = text;
    this.replaceChildren(words);
    if (reload) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--small";
      button.textContent = this.dataset.reload;
      button.addEventListener("click", () => location.reload());
      this.append(button);
    }
    this.dispatchEvent(
      new CustomEvent("game:state", { bubbles: true, detail: { state, text } }),
    );
  }
}

customElements.define("game-connection", GameConnection);
