"use strict";

// Tables sort by their headings, and can be filtered. All that is sorted, filtered
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

function makeFilterable(panel) {
  const table = document.getElementById(panel.dataset.table);
  const [text] = panel.getElementsByTagName("input");
  const choices = [...panel.getElementsByTagName("select")];
  const told = panel.querySelector("[role=status]");
  const rows = [...table.tBodies[0].rows];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase("sv")]));

  // A row's own values of what is chosen from stand in it, one on a line.
  function fits(row, words) {
    return words.every((word) => texts.get(row).includes(word))
      && choices.every(({ value, dataset }) => !value
        || row.dataset[dataset.filter].split("\n").includes(value));
  }

  function filter() {
    const words = text.value.toLocaleLowerCase("sv").split(/\s+/);
    for (const row of rows) row.hidden = !fits(row, words);
    told.textContent = `${rows.filter((row) => !row.hidden).length} av ${rows.length} visas`;
  }

  panel.addEventListener("input", filter);
  panel.hidden = false;
  filter();
}

document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
document.querySelectorAll(".filter").forEach(makeFilterable);
