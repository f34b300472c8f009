// Search within a list that is on the page: <input data-filter="#list"> hides the [data-search] items
// that do not hold every word, in their [data-search-text] or in the attribute itself, and the groups that are left empty; it says how many remain.

function apply(input) {
  const list = document.querySelector(input.dataset.filter);
  if (!list) return;
  const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const openOnly = document.querySelector(`[data-filter-open="${input.dataset.filter}"]`)?.checked;
  let shown = 0;
  for (const item of list.querySelectorAll("[data-search]")) {
    const parts = [...item.querySelectorAll("[data-search-text]")].map((part) => part.textContent);
    const text = [item.dataset.search, ...parts].join(" ").toLocaleLowerCase();
    const fits = words.every((word) => text.includes(word));
    item.hidden = !fits || (openOnly && item.hasAttribute("data-closed"));
    if (!item.hidden) shown += 1;
  }
  for (const group of list.querySelectorAll("[data-search-group]")) {
    group.hidden = !group.querySelector("[data-search]:not([hidden])");
  }
  const count = document.querySelector(`[data-filter-count="${input.dataset.filter}"]`);
  if (count) count.textContent = words.length || openOnly ? count.dataset.words.replace("#", shown) : "";
}

export function startFilters() {
  const all = () => document.querySelectorAll("[data-filter]");
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-filter], [data-filter-open]")) all().forEach(apply);
  });
  document.addEventListener("game:fragment", () => all().forEach(apply));
  all().forEach(apply);
}
