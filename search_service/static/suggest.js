// What is typed in the search field is completed from /api/v1/suggest: an editable combobox with a list, as the ARIA
// Authoring Practices describe it. The field works without this, and goes on working when nothing comes back.
{
  const PAUSE = 120; // milliseconds without a key before it is asked
  const KINDS = { word: "ord", title: "rubrik", committee: "filtrera på organ", dnr: "diarienummer" };
  const OPERATORS = /(^|\s)-\S|\b(OR|ELLER|AND|OCH|NOT|INTE)\b|[*"]/;

  const field = document.getElementById("q");
  const form = field.form;
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let suggestions = [];
  let active = -1;
  let timer = 0;
  let request = new AbortController();

  const attributes = (element, values) => {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  };

  const isOpen = () => !list.hidden;

  const activate = (place) => {
    active = place;
    for (const [at, option] of [...list.children].entries()) option.setAttribute("aria-selected", at === place);
    if (place < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };

  const open = () => {
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", isOpen());
    status.textContent = isOpen() ? `${suggestions.length} förslag, gå till dem med pil ned` : "";
  };

  const close = () => {
    clearTimeout(timer);
    request.abort();
    activate(-1);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    status.textContent = "";
  };

  // What was typed stays as it is; what it is completed with is heavier.
  const completed = (text, typed) => {
    const escaped = (words) => words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    const found = [typed, typed.split(/\s+/).pop()]
      .map((words) => text.match(new RegExp(`(?<![\\p{L}\\p{N}])${escaped(words)}`, "iu")))
      .find((match) => match);
    const start = found ? found.index : text.length;
    const end = found ? start + found[0].length : text.length;
    const pieces = [text.slice(0, start), text.slice(start, end), text.slice(end)].map((piece, at) => {
      const element = document.createElement(found && at !== 1 ? "b" : "span");
      element.textContent = piece;
      return element;
    });
    return pieces.filter((piece) => piece.textContent);
  };

  // An answer that comes while somebody goes through the list of the key before leaves them where they are.
  const show = (found, typed) => {
    const pointed = suggestions[active];
    suggestions = found;
    list.replaceChildren(
      ...found.map((suggestion, place) => {
        const option = document.createElement("li");
        const text = document.createElement("span");
        const kind = document.createElement("small");
        attributes(option, { role: "option", id: `suggestion-${place}` });
        text.append(...completed(suggestion.text, typed));
        kind.textContent = KINDS[suggestion.kind];
        option.append(text, " ", kind);
        option.addEventListener("click", () => choose(place));
        return option;
      }),
    );
    activate(found.findIndex(({ text, kind }) => text === pointed?.text && kind === pointed.kind));
    open();
  };

  const ask = async () => {
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const typed = field.value.trim();
    try {
      const answer = typed && (await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal }));
      const found = answer && answer.ok ? (await answer.json()).suggestions : [];
      if (!signal.aborted) show(found, typed);
    } catch {
      // A later key has asked anew, or there is no answer: then there are no suggestions.
      if (!signal.aborted) show([], typed);
    }
  };

  // A committee is no words to search for but a filter, beside those that the form has.
  const filterBy = (filter) => {
    const query = new URLSearchParams(new FormData(form));
    query.delete("q");
    for (const [name, value] of Object.entries(filter)) query.set(name, value);
    for (const [name, value] of [...query]) if (!value.trim()) query.delete(name);
    field.value = "";
    location.assign(`${form.action}?${query}`);
  };

  const choose = (place) => {
    const { text, kind, filter } = suggestions[place];
    close();
    if (filter) return filterBy(filter);
    field.value = kind === "title" && OPERATORS.test(text) ? `"${text.replaceAll('"', " ")}"` : text;
    form.requestSubmit();
  };

  const move = (step) => {
    if (!suggestions.length) return ask();
    if (!isOpen()) open();
    const places = suggestions.length + 1; // the field is one of them
    activate(((active + 1 + step + places) % places) - 1);
  };

  field.addEventListener("keydown", (event) => {
    const { key, altKey } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (key === "ArrowDown" && field.value.trim()) altKey ? open() : move(1);
    else if (key === "ArrowUp" && isOpen()) altKey ? close() : move(-1);
    else if (key === "Enter" && active >= 0) choose(active);
    else if (key === "Escape" && isOpen()) close();
    else {
      // The arrows to the left and right, home and end belong to the text.
      if (/^(Arrow|Home|End)/.test(key)) activate(-1);
      return;
    }
    event.preventDefault();
  });
  field.addEventListener("input", (event) => {
    if (event.isComposing) return;
    activate(-1);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("compositionend", () => (timer = setTimeout(ask, PAUSE)));
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
  addEventListener("pagehide", close);
  // Else a press on an option would take the focus from the field, and close the list before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());

  attributes(field, {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "suggestions",
    "aria-haspopup": "listbox",
  });
  attributes(list, { role: "listbox", id: "suggestions", "aria-label": "Förslag", class: "suggestions" });
  attributes(status, { role: "status", class: "hidden" });
  list.hidden = true;
  field.after(list, status);
}
