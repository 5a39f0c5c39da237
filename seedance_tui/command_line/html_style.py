"""How a page of HTML looks, by day, by night and on paper, and how its table is sorted."""

CSS = """
:root { color-scheme: light dark; --ink: #1d2330; --dim: #667085; --paper: #fff; --line: #e3e6ec;
  --accent: #3b6fd4; --good: #1a7f4b; --bad: #b3382f; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7ee; --dim: #98a1b3; --paper: #14171d;
  --line: #2b303b; --accent: #7aa5f0; --good: #63c793; --bad: #ef8a80; --warn: #e0b25c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1700px; padding: 24px; background: var(--paper);
  color: var(--ink); font: 14px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; }
h1 { margin: 0; font-size: 20px; }
header p { margin: 0; color: var(--dim); }
header ul { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 0; padding: 0; }
header li { list-style: none; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 24px;
  margin: 20px 0; }
figure { margin: 0; }
figcaption { color: var(--dim); }
figcaption b { color: var(--ink); }
svg { display: block; width: 100%; height: auto; }
svg rect { fill: var(--accent); }
svg line { stroke: var(--line); }
svg text { fill: var(--dim); font-size: 11px; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: middle; }
th, td { white-space: nowrap; }
td.text { white-space: normal; overflow-wrap: anywhere; min-width: 11em; }
td.id { font: 12px/1.45 ui-monospace, monospace; }
td.path { max-width: 16em; overflow: hidden; text-overflow: ellipsis; color: var(--dim); }
.number { text-align: right; }
.still img { display: block; height: 54px; border-radius: 3px; }
th button { all: unset; cursor: pointer; color: var(--dim); font-weight: 600; }
th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th[aria-sort=ascending] button::after { content: " \\2191"; }
th[aria-sort=descending] button::after { content: " \\2193"; }
a { color: var(--accent); }
.done { color: var(--good); }
.failed, .ended { color: var(--bad); }
.running, .queued, .submitted { color: var(--warn); }
@media print { :root { color-scheme: light; --ink: #000; --dim: #444; --paper: #fff;
  --line: #bbb; --accent: #444; --good: #000; --bad: #000; --warn: #000; }
  body { padding: 0; font-size: 9px; } td.text, td.path { min-width: 8em; }
  td.id { font-size: 8px; } td.id, td.path { overflow-wrap: anywhere; }
  th, td { white-space: normal; padding-right: 6px; } tr, figure { break-inside: avoid; }
  thead { display: table-header-group; } }
""".strip()
SCRIPT = """
"use strict";
const head = document.querySelector("thead tr"), body = document.querySelector("tbody");
const compare = (a, b) => {
  const x = Number(a), y = Number(b);
  if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
  return Number.isNaN(x) || Number.isNaN(y)
    ? a.localeCompare(b, undefined, { numeric: true }) : x - y;
};
head.addEventListener("click", (event) => {
  const cell = event.target.closest("th");
  if (!cell || !cell.firstChild) return;
  const column = [...head.children].indexOf(cell);
  const falls = cell.getAttribute("aria-sort") === "ascending";
  for (const other of head.children) other.removeAttribute("aria-sort");
  cell.setAttribute("aria-sort", falls ? "descending" : "ascending");
  const key = (row) => row.children[column].dataset.key;
  const rows = [...body.rows].sort((a, b) => {
    const order = compare(key(a), key(b));
    return falls && key(a) !== "" && key(b) !== "" ? -order : order;
  });
  body.append(...rows);
});
""".strip()
