// Lists by keyboard. The keys work only while the focus is in the list, so that they do not get in the way of typing or
// of a screen reader (WCAG 2.1.4); the page says which they are. Without this file there are Tab, Space and Enter.

(() => {
  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

  const rowsOf = (list) => [...list.tBodies[0].rows].filter((row) => row.querySelector("a[href]"));
  const linkOf = (row) => row.querySelector("a[href]");
  const boxOf = (row) => row.querySelector("input[type=checkbox]");
  const boxesOf = (list) => [...list.tBodies[0].rows].map(boxOf).filter(Boolean);

  function choose(box, on) {
    if (box.checked === on) return;
    box.checked = on;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function chooseAll(list) {
    const boxes = boxesOf(list);
    const on = boxes.some((box) => !box.checked);
    boxes.forEach((box) => choose(box, on));
  }

  // How many are chosen is said aloud, too: the place for it is a live region.
  function count(list) {
    const place = document.querySelector("[data-chosen]");
    if (!place) return;
    const many = boxesOf(list).filter((box) => box.checked).length;
    place.textContent = many ? `${place.dataset.chosen}: ${many}` : "";
  }

  // Where the focus goes back to from the list of keys.
  let from;

  function explain(row) {
    const keys = document.querySelector("[data-keys-told]");
    from = linkOf(row);
    keys.open = true;
    keys.querySelector("summary").focus();
  }

  function leave(event) {
    const keys = event.key === "Escape" && from && event.target.closest("[data-keys-told]");
    if (!keys) return;
    keys.open = false;
    from.focus();
  }

  // What a key does in a row; whatever is not here is left to the browser.
  function act(event, list, row) {
    const { key, target } = event;
    const rows = rowsOf(list);
    const onBox = target.type === "checkbox";
    if (key in STEPS) return () => linkOf(rows[rows.indexOf(row) + STEPS[key]] ?? row)?.focus();
    if (key === "Home") return () => linkOf(rows[0])?.focus();
    if (key === "End") return () => linkOf(rows.at(-1))?.focus();
    if (key === "Enter" && onBox) return () => linkOf(row)?.click();
    if (key === "?") return () => explain(row);
    if (key === "a" && boxesOf(list).length) return () => chooseAll(list);
    const box = boxOf(row);
    if (box && (key === "x" || (key === " " && target === linkOf(row)))) return () => choose(box, !box.checked);
    return null;
  }

  document.addEventListener("keydown", (event) => {
    const list = event.target.closest("table[data-keys]");
    const row = event.target.closest("tbody tr");
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (!list || !row || typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const acts = act(event, list, row);
    if (!acts) return;
    event.preventDefault();
    acts();
  });

  document.addEventListener("keydown", leave);

  document.addEventListener("change", (event) => {
    const list = event.target.closest("table[data-keys]");
    if (list) count(list);
  });

  function begin() {
    const list = document.querySelector("table[data-keys]");
    document.querySelectorAll("[data-keys-told]").forEach((keys) => { keys.hidden = false; });
    document.querySelectorAll("[data-choose-all]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => chooseAll(list));
    });
    // The browser may remember what was chosen before the page was loaded again.
    if (list) count(list);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
