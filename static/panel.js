// A panel that is open somewhere: what has changed elsewhere is put in at once. The stream says that something has, never
// what; the page itself is asked for, and its parts ([data-part]) take the place of those that differ.
// Reads: data-live (the stream) and data-page (the page) of one element.

const root = document.querySelector("[data-live]");
const TICK = 20_000;

const isTyping = (part) => [...part.querySelectorAll("input:not([type=hidden]), textarea")]
  .some((field) => field === document.activeElement || field.value !== field.defaultValue);

const openOnes = (part) => [...part.querySelectorAll("details[open][id]")].map(({ id }) => id);

// The same button is found again by its form and its words, the same link by where it leads.
const nameOf = (element) => element?.href
  ?? (element?.closest("form") && `${element.closest("form").action} ${element.getAttribute("aria-describedby")} ${element.textContent.trim()}`);

const replace = (old, fresh) => {
  if (old.innerHTML === fresh.innerHTML || isTyping(old)) return;
  const open = openOnes(old);
  const focused = old.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  old.replaceChildren(...fresh.childNodes);
  for (const id of open) old.querySelector(`#${id}`)?.setAttribute("open", "");
  if (focused) [...old.querySelectorAll("a, button")].find((button) => nameOf(button) === focused)?.focus();
};

// Most questions fit the screen as they are; one of many wide letters is made smaller until it does.
const fit = () => {
  const text = document.querySelector(".screen-text");
  const place = text?.parentElement;
  text?.style.removeProperty("font-size");
  let size = text ? parseFloat(getComputedStyle(text).fontSize) : 0;
  while (size > 16 && place.scrollHeight > place.clientHeight) {
    size *= 0.95;
    text.style.fontSize = `${size}px`;
  }
};

// A part that came or went moves others: then all of the page is needed.
const names = (place) => [...place.querySelectorAll("[data-part]")].map((part) => part.dataset.part).join();

const refresh = async () => {
  let answer;
  try {
    answer = await fetch(root.dataset.page, { cache: "no-store" });
  } catch {
    return;
  }
  // The link has ended, or somebody has signed out: the browser shows the page that says so.
  if (answer.status === 404 || answer.redirected) return location.replace(root.dataset.page);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (names(fresh) !== names(document)) {
    if (![...document.querySelectorAll("form")].some(isTyping)) location.replace(root.dataset.page);
    return;
  }
  for (const part of fresh.querySelectorAll("[data-part]")) {
    replace(document.querySelector(`[data-part="${part.dataset.part}"]`), document.importNode(part, true));
  }
  fit();
};

let waiting;
const soon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 60);
};

// A phone on a lectern must not go dark.
const stayAwake = async () => {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // It may, where its battery is low.
  }
};

if (root) {
  const stream = new EventSource(root.dataset.live);
  stream.addEventListener("change", soon);
  stream.addEventListener("error", soon);
  addEventListener("pagehide", () => stream.close());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    soon();
    if (root === document.body) stayAwake();
  });
  setInterval(refresh, TICK);
  if (root === document.body) stayAwake();
  addEventListener("resize", fit);
  fit();
}
