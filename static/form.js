// What scripts add to forms; without them everything still works. Reads: data-max-length on a textarea.

document.getElementById("error-summary")?.focus();

// Browsers count a line's end as one character and send two: the server takes it as one, and so do we.
const length = (text) => text.replace(/\r\n?/g, "\n").length;

for (const area of document.querySelectorAll("textarea[data-max-length]")) {
  const most = Number(area.dataset.maxLength);
  const seen = document.createElement("p");
  const heard = document.createElement("p");
  let later;
  seen.className = "count";
  seen.setAttribute("aria-hidden", "true");
  heard.className = "hidden";
  heard.setAttribute("role", "status");
  area.after(seen, heard);

  const count = () => {
    const left = most - length(area.value);
    const plural = Math.abs(left) === 1 ? "character" : "characters";
    const words = left < 0 ? `You have ${-left} ${plural} too many` : `You have ${left} ${plural} left`;
    seen.textContent = words;
    seen.classList.toggle("over", left < 0);
    clearTimeout(later);
    later = setTimeout(() => { heard.textContent = left < most / 4 ? words : ""; }, 1000);
  };
  area.addEventListener("input", count);
  count();
}

// One deed, one press: a second press while the first is on its way does nothing.
for (const form of document.querySelectorAll('form[method="post"]')) {
  let sentAt = 0;
  form.addEventListener("submit", (event) => {
    if (Date.now() - sentAt < 2000) event.preventDefault();
    else sentAt = Date.now();
  });
}

// What helps while typing is fetched when somebody begins, so that readers do without.
for (const form of document.querySelectorAll("form[data-script]")) {
  form.addEventListener("focusin", () => import(form.dataset.script), { once: true });
}
