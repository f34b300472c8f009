// What a form's fields hold, and what of it the server knows: a field's default (defaultValue,
// defaultChecked, defaultSelected) is what was last in step with the server.

function stateOf(field) {
  if (field instanceof HTMLSelectElement) return [...field.options].map((o) => o.selected);
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  return field.value;
}

/** What every field of the form holds now. */
export function snapshotOf(form) {
  return new Map(
    [...form.elements]
      .filter((field) => field.name && field.type !== "hidden")
      .map((field) => [field, stateOf(field)]),
  );
}

/** From now on what was sent counts as saved; what changed since then does not. */
export function markSaved(form, sent = snapshotOf(form)) {
  for (const [field, state] of sent) {
    if (field instanceof HTMLSelectElement) {
      // Setting a default moves the choice of a select that nobody has touched.
      const chosen = stateOf(field);
      [...field.options].forEach((option, i) => (option.defaultSelected = state[i]));
      [...field.options].forEach((option, i) => (option.selected = chosen[i]));
    } else if (field.type === "checkbox" || field.type === "radio") {
      const checked = field.checked;
      field.defaultChecked = state;
      field.checked = checked;
    } else if ("defaultValue" in field) {
      const value = field.value;
      field.defaultValue = state;
      if (field.value !== value) field.value = value;
    }
  }
}

/** Empty the form of what was sent; what was typed since then stays. */
export function clearSent(form, sent) {
  const since = [...sent]
    .filter(([field, state]) => typeof state === "string" && field.value !== state)
    .map(([field, state]) => [
      field,
      field.value.startsWith(state) ? field.value.slice(state.length).trimStart() : field.value,
    ]);
  form.reset();
  for (const [field, text] of since) field.value = text;
}
