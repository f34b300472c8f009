// Light or dark before the first paint: a plain blocking script, so that the page never flashes.
// The choice is kept in the browser; without one the system's preference holds.
(() => {
  const key = "theme";
  const root = document.documentElement;
  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage may be closed to us; the system's preference still works
    }
  };
  root.dataset.script = ""; // sheets may hide at once what a script will hide anyway
  const choice = stored();
  if (choice === "light" || choice === "dark") root.dataset.theme = choice;

  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  const label = (button) => {
    button.setAttribute("aria-pressed", String(isDark()));
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.hidden = false;
      label(button);
      button.addEventListener("click", () => {
        root.dataset.theme = isDark() ? "light" : "dark";
        try {
          localStorage.setItem(key, root.dataset.theme);
        } catch {
          // the choice then lasts for this page only
        }
        document.querySelectorAll("[data-theme-toggle]").forEach(label);
      });
    }
  });
})();
