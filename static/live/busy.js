// Whether a part of the page may be replaced now: not while somebody types or has typed in it, not
// while something in it is being pressed, not while it waits for an answer that belongs to it.

// From the press to its click: a click whose element was replaced in between would be lost.
const TAP_MS = 400;
let pressed = null;
let letGo = null;

/** Whether somebody works in this element. */
export function isBusy(element) {
  if (pressed && element.contains(pressed)) return true;
  const focused = document.activeElement;
  if (focused && element.contains(focused) && isInput(focused)) return true;
  if (element.querySelector("form[data-waits], form[data-unsent]")) return true;
  return [...element.querySelectorAll("input, textarea, select")].some(isChanged);
}

/** Call `free` whenever what was pressed is let go or the focus has moved. */
export function watchPresses(free, signal) {
  const options = { capture: true, signal };
  const press = (target) => {
    clearTimeout(letGo);
    pressed = target;
  };
  const release = (wait) => {
    clearTimeout(letGo);
    letGo = setTimeout(() => {
      pressed = null;
      free();
    }, wait);
  };
  addEventListener("pointerdown", (event) => press(event.target), options);
  addEventListener("pointerup", () => release(TAP_MS), options);
  addEventListener("pointercancel", () => release(0), options);
  addEventListener("click", () => release(0), options);
  addEventListener("keydown", (event) => event.key === " " && press(event.target), options);
  addEventListener("keyup", (event) => event.key === " " && release(0), options);
  // The focus is nowhere while it moves: ask when it has arrived.
  addEventListener("focusout", () => setTimeout(free), options);
}

function isInput(element) {
  return element.matches("textarea, select, input:not([type=submit]):not([type=button])");
}

function isChanged(field) {
  if (field.type === "hidden" || field.disabled) return false;
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    const chosen = options.some((option) => option.defaultSelected);
    return options.some((option, index) =>
      chosen || field.multiple
        ? option.selected !== option.defaultSelected
        : option.selected && index !== 0,
    );
  }
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  return field.value !== field.defaultValue;
}
