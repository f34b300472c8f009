// A notice of what was just done ("You have your seat") goes when the turn in which it was said is over.

document.addEventListener("game:frame", ({ target, detail }) => {
  if (String(detail.turn) === target.getAttribute("turn")) return;
  for (const notice of document.querySelectorAll(".messages-shown")) notice.remove();
});
