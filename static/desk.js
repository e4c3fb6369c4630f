// Keys for long lists: with the focus inside a list marked data-keys, j and k (or the arrows) go from entry to entry.
// Single letters work only there, so that they never meet somebody's typing or speech (WCAG 2.2, 2.1.4).

for (const list of document.querySelectorAll("[data-keys]")) {
  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const entries = [...list.children];
    const next = entries[entries.indexOf(event.target.closest("[data-keys] > *")) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}
