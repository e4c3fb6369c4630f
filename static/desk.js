// Keys for lists on the desk. With the focus inside a list marked data-keys: j and k (or the arrows) go from entry to
// entry; a key that an entry names in data-key presses that button, follows that link, ticks that box, or opens those
// details and goes to their field; Escape closes them. "/" searches, "?" opens the list of keys. Single letters work only
// inside the list and outside of its fields, so that they never meet somebody's typing or speech (WCAG 2.2, 2.1.4).

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const PLACE = "#entry-";

const goTo = (entry) => {
  entry?.focus();
  entry?.scrollIntoView({ block: "nearest" });
};

const press = (part) => {
  if (!part.matches("details")) return (part.matches("a, input") ? part : part.querySelector("button")).click();
  part.open = true;
  part.querySelector("textarea").focus();
};

const search = () => document.querySelector("[type=search]")?.focus();

const explain = () => {
  const help = document.querySelector(".keys");
  if (!help) return;
  help.open = true;
  help.querySelector("summary").focus();
};

for (const list of document.querySelectorAll("[data-keys]")) {
  const entries = [...list.children];

  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const entry = event.target.closest("[data-keys] > *");
    const details = event.target.closest("details[open]");
    if (event.key === "Escape" && details) {
      details.open = false;
      return goTo(entry);
    }
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const next = entries[entries.indexOf(entry) + STEPS[event.key]];
    const part = [...(entry?.querySelectorAll("[data-key]") ?? [])].find((each) => each.dataset.key === event.key);
    const deed = next ? () => goTo(next) : part ? () => press(part) : { "/": search, "?": explain }[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });

  // After a deed the page comes again: a redirect keeps the fragment it was asked with, and so the place in the list.
  list.addEventListener("submit", (event) => {
    const place = entries.indexOf(event.target.closest("[data-keys] > *"));
    event.target.action = event.target.action.split("#")[0] + PLACE + place;
  });

  if (location.hash.startsWith(PLACE)) {
    goTo(entries[Math.min(Number(location.hash.slice(PLACE.length)), entries.length - 1)]);
    history.replaceState(null, "", location.pathname + location.search);
  }
}
