// Keys for lists on the desk. With the focus inside a list marked data-keys: j and k (or the arrows) go from entry to
// entry; a key that an entry names in data-key presses that button, follows that link, ticks that box, or opens those
// details; while details are open, a number presses the part with data-pick of that number. Escape closes them. "/"
// searches, "?" opens the list of keys, "b" goes to what is done to all that is ticked. Single letters work only inside
// the list and outside of its fields, so that they never meet somebody's typing or speech (WCAG 2.2, 2.1.4).

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const PLACE = "#entry-";
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select";

const goTo = (entry) => {
  entry?.focus();
  entry?.scrollIntoView({ block: "nearest" });
};

const press = (part) => {
  if (part.matches("a, input")) return part.click();
  if (!part.matches("details")) return part.querySelector("button").click();
  part.open = true;
  part.querySelector("[data-pick], textarea, a, button, input:not([type=hidden])")?.focus();
};

const search = () => document.querySelector("[type=search]")?.focus();

const explain = () => {
  const help = document.querySelector(".keys");
  if (!help) return;
  help.open = true;
  help.querySelector("summary").focus();
};

const together = () => document.querySelector("#bulk button")?.focus();

const picked = (entry, key) =>
  /^[1-9]$/.test(key) && entry?.querySelector("details[open]:has([data-pick])")?.querySelectorAll("[data-pick]")[key - 1];

for (const list of document.querySelectorAll("[data-keys]")) {
  const entries = () => [...list.children];

  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
      event.preventDefault();
      return event.target.form.requestSubmit();
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const entry = event.target.closest("[data-keys] > *");
    const details = event.target.closest("details[open]") ?? entry?.querySelector("details[open]");
    if (event.key === "Escape" && details) {
      details.open = false;
      return goTo(entry);
    }
    if (event.target.closest(FIELDS)) return;
    const all = entries();
    const next = all[all.indexOf(entry) + STEPS[event.key]];
    const part = [...(entry?.querySelectorAll("[data-key]") ?? [])].find((each) => each.dataset.key === event.key);
    const pick = picked(entry, event.key);
    const named = { "/": search, "?": explain, b: together }[event.key];
    const deed = pick ? () => pick.click() : next ? () => goTo(next) : part ? () => press(part) : named;
    if (!deed) return;
    event.preventDefault();
    deed();
  });

  // After a deed the page comes again: a redirect keeps the fragment it was asked with, and so the place in the list.
  list.addEventListener("submit", (event) => {
    const place = entries().indexOf(event.target.closest("[data-keys] > *"));
    if (event.target.method === "post") event.target.action = event.target.action.split("#")[0] + PLACE + place;
  });

  if (location.hash.startsWith(PLACE)) {
    const all = entries();
    goTo(all[Math.min(Number(location.hash.slice(PLACE.length)), all.length - 1)]);
    history.replaceState(null, "", location.pathname + location.search);
  }
}
