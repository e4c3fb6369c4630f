// What scripts add to asking: questions like the one being typed, and a button that copies an address. Reads data-alike on the
// form (the panel's questions) and data-copy on a field. What is typed goes into the body of a request, never into an address.

const WAIT = 700;
const WAIT_AGAIN = 3000;
const TRIES = 3;
const SHORTEST = 15;

const element = (name, words = "", attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = words;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

for (const form of document.querySelectorAll("form[data-alike]")) {
  const area = form.elements.text;
  const place = element("div", "", { class: "alike", "aria-live": "polite" });
  const voices = element("form", "", { method: "post", id: "voices", hidden: "" });
  const email = element("input", "", { type: "hidden", name: "email" });
  const seen = form.elements.seen ?? element("input", "", { type: "hidden", name: "seen" });
  const shown = new Set(seen.value.split(" ").filter(Boolean));
  let later, asked = "", tries = 0, running;

  area.closest(".field").after(place);
  voices.append(email);
  document.body.append(voices);
  form.append(seen);
  voices.addEventListener("submit", () => { email.value = form.elements.email.value; });

  const question = (one) => {
    const item = element("li");
    const others = `${one.askers} ${one.askers === 1 ? "other" : "others"} asked this: `;
    const button = element("button", "Add your voice instead", { class: "button small quiet", form: "voices" });
    button.setAttribute("formaction", `${form.dataset.alike}/${one.id}/voice`);
    const act = element("p", others, { class: "hint" });
    act.append(button);
    item.append(element("p", one.text, { class: "question-text" }), act);
    return item;
  };
  const passage = (one) => {
    const item = element("li");
    item.append(element("a", one.text, { href: one.url, target: "_blank", rel: "noopener" }));
    return item;
  };
  const list = (title, items) => {
    const ul = element("ul");
    ul.append(...items);
    return items.length ? [element("p", title, { class: "alike-title" }), ul] : [];
  };
  const show = ({ questions, passages }) => {
    for (const name of [...questions.map((one) => one.id), ...passages.map((one) => one.url)]) shown.add(name);
    seen.value = [...shown].join(" ");
    place.replaceChildren(
      ...list("Asked already: is one of these yours?", questions.map(question)),
      ...list("Said before, in our write-ups (opens in a new tab)", passages.map(passage)),
    );
  };
  const look = async () => {
    const text = area.value.trim();
    if (text === asked && !tries) return;
    asked = text;
    running?.abort();
    if (text.length < SHORTEST || text.length > Number(area.dataset.maxLength)) return place.replaceChildren();
    running = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.alike}/similar`, {
        method: "POST", body: new URLSearchParams({ text }), signal: running.signal,
      });
      if (answer.status >= 500) throw new Error(answer.statusText);
      if (answer.ok) show(await answer.json());
      tries = 0;
    } catch (error) {
      if (error.name === "AbortError") return;
      place.replaceChildren();
      tries = (tries + 1) % TRIES;
      if (tries) later = setTimeout(look, WAIT_AGAIN);
    }
  };
  const lookSoon = () => {
    clearTimeout(later);
    tries = 0;
    later = setTimeout(look, WAIT);
  };
  area.addEventListener("input", lookSoon);
  // Somebody may have typed before this came, and does not type again.
  if (area.value) lookSoon();
}

for (const field of document.querySelectorAll("[data-copy]")) {
  const button = element("button", "Copy", { type: "button", class: "button small quiet" });
  const said = element("span", "", { role: "status", class: "hint" });
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied";
    } catch {
      said.textContent = "Press Ctrl and C to copy";
    }
  });
  field.after(button, said);
}
