// A list of boxes marked data-ticks: one box more ticks the whole page, Shift ticks a stretch, and how many are ticked is
// said. Without scripts each box is ticked by itself, and the one for everybody does the rest.

for (const list of document.querySelectorAll("[data-ticks]")) {
  const boxes = [...list.querySelectorAll("[type=checkbox]")];
  const bar = list.closest("form").querySelector("[role=group]");
  const everybody = bar.querySelector("#everybody");
  const choice = document.createElement("div");
  const said = document.createElement("p");
  let last;

  choice.className = "choice";
  choice.innerHTML = '<input type="checkbox" id="this-page"><label for="this-page">This page</label>';
  said.className = "ticked";
  said.setAttribute("role", "status");
  bar.prepend(choice);
  bar.querySelector(".buttons").before(said);
  const page = choice.firstChild;

  const say = () => {
    const number = boxes.filter((box) => box.checked).length;
    page.checked = number === boxes.length;
    page.indeterminate = number > 0 && number < boxes.length;
    said.textContent = everybody?.checked || number === 0 ? "" : `${number} ticked`;
  };

  page.addEventListener("change", () => {
    for (const box of boxes) box.checked = page.checked;
    say();
  });
  everybody?.addEventListener("change", say);
  list.addEventListener("click", (event) => {
    const here = boxes.indexOf(event.target);
    if (here < 0) return;
    if (event.shiftKey && last !== undefined) {
      for (const box of boxes.slice(Math.min(here, last), Math.max(here, last) + 1)) box.checked = boxes[here].checked;
    }
    last = here;
    say();
  });
  say();
}
