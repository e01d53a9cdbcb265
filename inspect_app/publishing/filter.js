// Narrows and sorts lists. Without it the whole list stands in its order, and nothing is lost.
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

for (const box of document.querySelectorAll("[data-filter]")) {
  const items = [...document.querySelectorAll(`#${box.dataset.filter} [data-find]`)];
  const groups = [...document.querySelectorAll(`#${box.dataset.filter} [data-group]`)];
  box.hidden = false;
  box.querySelector("input").addEventListener("input", (event) => {
    const wanted = plain(event.target.value.trim());
    for (const item of items) item.hidden = !plain(item.dataset.find).includes(wanted);
    for (const group of groups) group.hidden = !group.querySelector("[data-find]:not([hidden])");
    const left = items.filter((item) => !item.hidden).length;
    const says = box.dataset.says.replace("{shown}", left).replace("{all}", items.length);
    box.querySelector("[role=status]").textContent = wanted ? says : "";
  });
}

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const told = (row, at) => row.cells[at].dataset.sort ?? plain(row.cells[at].textContent.trim());
  for (const [at, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => told(a, at).localeCompare(told(b, at)) * (down ? -1 : 1));
      table.tBodies[0].append(...rows);
    });
  }
}
