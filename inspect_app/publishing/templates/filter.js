// Narrows a list as someone types. Without it the whole list stands, and nothing is lost.
for (const box of document.querySelectorAll("[data-filter]")) {
  const items = [...document.querySelectorAll(`#${box.dataset.filter} [data-find]`)];
  const groups = [...document.querySelectorAll(`#${box.dataset.filter} [data-group]`)];
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  box.hidden = false;
  box.querySelector("input").addEventListener("input", (event) => {
    const wanted = plain(event.target.value.trim());
    for (const item of items) item.hidden = !plain(item.dataset.find).includes(wanted);
    for (const group of groups) group.hidden = !group.querySelector("[data-find]:not([hidden])");
    const left = items.filter((item) => !item.hidden).length;
    box.querySelector("[role=status]").textContent = wanted ? `${left} of ${items.length} shown` : "";
  });
}
