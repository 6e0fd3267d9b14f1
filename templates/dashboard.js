"use strict";

// Tables sort by their headings, and the agreements can be filtered. All that is sorted, filtered
// and shown stands in the page itself, so that nothing is lost where no script runs.

const swedish = new Intl.Collator("sv", { numeric: true, sensitivity: "base" });

function key(row, column) {
  const cell = row.cells[column];
  return cell.dataset.order ?? cell.textContent.trim();
}

// Numbers by size, all else as Swedish sorts it.
function compared(one, other) {
  const [left, right] = [Number(one), Number(other)];
  return Number.isNaN(left) || Number.isNaN(right) ? swedish.compare(one, other) : left - right;
}

function sort(table, heading) {
  const sign = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  const column = heading.cellIndex;
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => {
    const [one, other] = [key(a, column), key(b, column)];
    // What is unknown comes last either way.
    return (one === "") - (other === "") || sign * compared(one, other);
  });
  body.append(...rows);
  for (const each of heading.parentElement.cells) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
}

function makeSortable(table) {
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading));
    heading.append(button);
  }
}

function makeFilterable(table, panel) {
  const control = (name) => panel.querySelector(`[data-filter=${name}]`);
  const [text, state, board] = ["text", "state", "board"].map(control);
  const told = panel.querySelector("[role=status]");
  const rows = [...table.tBodies[0].rows];

  function fits(row) {
    const words = text.value.toLocaleLowerCase("sv").split(/\s+/);
    const content = row.textContent.toLocaleLowerCase("sv");
    const boards = [...row.querySelectorAll("[data-board]")].map((each) => each.textContent);
    return words.every((word) => content.includes(word))
      && (!state.value || row.dataset.state === state.value)
      && (!board.value || boards.includes(board.value));
  }

  function filter() {
    for (const row of rows) row.hidden = !fits(row);
    told.textContent = `${rows.filter((row) => !row.hidden).length} av ${rows.length} visas`;
  }

  panel.addEventListener("input", filter);
  panel.hidden = false;
  filter();
}

document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
makeFilterable(document.querySelector("#agreements"), document.querySelector(".filter"));
