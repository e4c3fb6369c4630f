// The moderators' queue while it is worked. A deed is sent without leaving the page: the focus is on the next question at
// once, and the row comes again as it stands. What others do arrives by server-sent events, which carry no words: the row
// is asked for anew. Nothing that somebody has typed is ever put away: a form that is too late comes back with its words.

const DECISIONS = ["approval", "hold", "rejection", "merge"];
const QUESTIONS = "/organise/questions/";
const list = document.querySelector("[data-queue]");
const said = document.querySelector("[data-said]");
const fresh = document.querySelector("[data-fresh]");
const panel = list?.dataset.panel ?? "";
const done = [];

const goTo = (entry) => {
  entry?.focus();
  entry?.scrollIntoView({ block: "nearest" });
};

const row = (id) => document.getElementById(`question-${id}`);
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
const waits = (entry) => entry.dataset.state === "pending";
const typed = (entry) => [...entry.querySelectorAll("textarea")].filter((area) => area.value !== area.defaultValue);

const nextOf = (entry) => {
  const all = [...list.children];
  const here = all.indexOf(entry);
  return all.slice(here + 1).find(waits) ?? all.slice(0, here).findLast(waits);
};

const say = (words) => { fresh.textContent = words; };

const replaced = (old, html) => {
  const found = parsed(html).querySelector(".queue-item");
  if (!found) return null;
  const entry = document.importNode(found, true);
  const ticked = old.querySelector(".queue-tick")?.checked;
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(entry);
  if (old.classList.contains("is-here")) entry.classList.add("is-here");
  if (ticked && entry.querySelector(".queue-tick")) entry.querySelector(".queue-tick").checked = true;
  if (hadFocus) goTo(entry);
  return entry;
};

// What was typed comes back into the same field, or stands below where there no longer is one.
const givenBack = (entry, words) => {
  for (const { id, value } of words) {
    const area = entry.querySelector(`[id="${id}"]`);
    if (area) {
      area.value = value;
      area.closest("details").open = true;
    } else {
      const kept = document.createElement("p");
      kept.className = "row-line row-kept";
      kept.textContent = `You had typed: ${value}`;
      entry.querySelector(".queue-body").append(kept);
    }
  }
};

const pointTo = (entry) => {
  const link = document.createElement("a");
  link.href = `#${entry.id}`;
  link.textContent = `One was not decided. ${entry.querySelector(".row-said")?.textContent ?? ""}`;
  fresh.replaceChildren(link);
};

const send = async (entry, form, submitter) => {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  body.set("row", "yes");
  const words = typed(entry).map(({ id, value }) => ({ id, value }));
  const deed = form.action.split("#")[0].split("/").pop();
  const isUndo = deed === "undo";
  const next = DECISIONS.includes(deed) && waits(entry) ? nextOf(entry) : null;
  entry.setAttribute("aria-busy", "true");
  if (next) goTo(next);
  let answer;
  try {
    answer = await fetch(form.action.split("#")[0], { method: "POST", body });
  } catch {
    entry.removeAttribute("aria-busy");
    goTo(entry);
    return say("That did not reach the site. It is as it was: try again.");
  }
  const now = replaced(entry, await answer.text());
  said.textContent = now?.querySelector(".row-said")?.textContent ?? "";
  // Signed out, or no longer allowed: the browser shows the page that says so.
  if (!now) return form.submit();
  if (!answer.ok) {
    givenBack(now, words);
    // Whoever is at the next question by now stays there: the next key is meant for that one.
    return next ? pointTo(now) : goTo(now);
  }
  if (!next) goTo(now);
  if (!isUndo && deed !== "themes") done.push(now.dataset.id);
  if (body.get("into")) refresh(body.get("into"));
};

const undo = () => {
  while (done.length) {
    const form = row(done.pop())?.querySelector("[data-undo] form");
    if (form) return form.requestSubmit();
  }
  document.querySelector("[data-last] button")?.click();
};

// A part of another page, put into the details that name it.
const fetchPart = async (details, address) => {
  const answer = await fetch(address);
  const part = parsed(await answer.text()).querySelector("[data-part]");
  if (!part || !details.isConnected) return;
  const hadFocus = details.contains(document.activeElement);
  [...details.children].slice(1).forEach((child) => child.remove());
  details.append(document.importNode(part, true));
  if (hadFocus) details.querySelector("[data-pick], input:not([type=hidden]), button")?.focus();
};

// While a button of the mouse is down nothing may move, or what was pressed is no longer under it when it comes up.
let isPressed = false;
let later = null;

const mark = (entry) => {
  if (isPressed) {
    later = entry;
    return;
  }
  for (const other of list.querySelectorAll(".is-here")) if (other !== entry) other.classList.remove("is-here");
  entry.classList.add("is-here");
};

const waitingFor = new Map();
const soon = (name, after, act) => {
  clearTimeout(waitingFor.get(name));
  waitingFor.set(name, setTimeout(act, after));
};

const refresh = async (id) => {
  const old = row(id);
  if (!old || old.hasAttribute("aria-busy")) return;
  const answer = await fetch(`${QUESTIONS}${id}/row?panel=${panel}${location.search.replace("?", "&")}`);
  if (!answer.ok) return;
  const html = await answer.text();
  // Meanwhile a deed of our own may be on its way, and brings the row itself.
  if (!old.isConnected || old.hasAttribute("aria-busy")) return;
  const state = parsed(html).querySelector(".queue-item")?.dataset.state;
  if (!typed(old).length) {
    const isAsItWas = state === old.dataset.state;
    const told = isAsItWas ? old.querySelector(".row-said") : null;
    const opened = isAsItWas ? old.querySelector(".queue-more:has(details[open])") : null;
    const focused = opened?.contains(document.activeElement) ? document.activeElement : null;
    const entry = replaced(old, html);
    if (told) entry?.querySelector(".queue-body").prepend(told);
    // What is open stays open, and where the focus was it is.
    if (opened) entry?.querySelector(".queue-more")?.replaceWith(opened);
    focused?.focus();
    return;
  }
  // Somebody types here: the row stays, with a line that says what happened to it.
  const line = parsed(html).querySelector(".row-done");
  if (state !== old.dataset.state && line) {
    line.classList.add("row-late");
    old.querySelector(".row-late")?.remove();
    old.querySelector(".queue-body").append(document.importNode(line, true));
  }
};

const showPresence = async () => {
  const answer = await fetch(`${QUESTIONS}presence?panel=${panel}`);
  if (!answer.ok) return;
  const { looking, waiting } = await answer.json();
  for (const entry of list?.children ?? []) {
    const names = looking[entry.dataset.id] ?? [];
    const line = entry.querySelector(".looking");
    const words = `${names.join(" and ")} ${names.length > 1 ? "are" : "is"} looking at this`;
    line.hidden = names.length === 0;
    if (names.length && line.textContent !== words) line.textContent = words;
  }
  if (new URLSearchParams(location.search).get("q")) return;
  for (const link of document.querySelectorAll("[data-waiting]")) link.textContent = `Waiting ${waiting}`;
};

const news = new Set();
const tellNews = () => {
  const link = document.createElement("a");
  link.href = location.pathname + location.search;
  link.textContent = news.size === 1 ? "1 new question waits: show it" : `${news.size} new questions wait: show them`;
  fresh.replaceChildren(link);
};

const onChange = ({ kind, row: id, state }) => {
  if (kind === "resync") {
    for (const entry of list?.children ?? []) soon(entry.dataset.id, Math.random() * 2000, () => refresh(entry.dataset.id));
  } else if (kind === "question" && row(id)) {
    soon(id, 60, () => refresh(id));
  } else if (kind === "question" && state === "pending") {
    news.add(id);
    tellNews();
  }
  // Everybody's desk hears of everything at once, and need not ask at once.
  soon("presence", 200 + Math.random() * 600, showPresence);
};

let here = "";
let movedAt = 0;
const look = () => {
  if (!here || document.hidden || Date.now() - movedAt > 60_000) return;
  fetch(`${QUESTIONS}${here}/presence`, { method: "POST" });
};

if (list) {
  list.classList.add("is-live");
  list.addEventListener("focusin", (event) => {
    const entry = event.target.closest(".queue-item");
    movedAt = Date.now();
    if (!entry) return;
    mark(entry);
    if (entry.dataset.id === here) return;
    here = entry.dataset.id;
    soon("look", 350, look);
  });
  list.addEventListener("pointerdown", (event) => {
    isPressed = true;
    later = event.target.closest(".queue-item");
  });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => setTimeout(() => {
      isPressed = false;
      if (later?.isConnected) mark(later);
      later = null;
    }));
  }
  for (const name of ["keydown", "pointermove"]) document.addEventListener(name, () => { movedAt = Date.now(); }, { passive: true });
  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!["z", "u"].includes(event.key) || event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    event.preventDefault();
    undo();
  });
  list.addEventListener("submit", (event) => {
    const entry = event.target.closest(".queue-item");
    const details = event.target.closest("details");
    if (event.defaultPrevented && !entry.hasAttribute("aria-busy")) return;
    event.preventDefault();
    if (event.target.method === "get") return fetchPart(details, `${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
    if (!entry.hasAttribute("aria-busy")) send(entry, event.target, event.submitter);
  });
  list.addEventListener("toggle", (event) => {
    const details = event.target;
    if (details.open && details.dataset.from && !details.querySelector("[data-part]")) fetchPart(details, details.dataset.from);
  }, true);
  list.addEventListener("change", () => {
    const number = list.querySelectorAll(".queue-tick:checked").length;
    document.querySelector("[data-ticked]").textContent = number ? `With the ${number} selected:` : "With the selected:";
  });
  if (document.activeElement === document.body && !location.hash) goTo([...list.children].find(waits));
  setInterval(look, 30_000);
}

if (fresh) {
  const stream = new EventSource(`${QUESTIONS}live?panel=${panel}`);
  stream.addEventListener("change", (event) => onChange(JSON.parse(event.data)));
  stream.addEventListener("error", () => {
    // While it comes back by itself there is nothing to say; refused, it stays away: the sign-in has ended.
    if (stream.readyState === EventSource.CLOSED) say("This page no longer hears what others do. Load it again.");
  });
  addEventListener("pagehide", () => stream.close());
  setInterval(showPresence, 30_000);
}
