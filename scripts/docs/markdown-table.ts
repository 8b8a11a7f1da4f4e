/** A table with its columns aligned, as the formatter leaves it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const [title = '', ...lines] = cells.map((row) =>
    toLine(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  );
  return [title, toLine(widths.map((width) => '-'.repeat(width))), ...lines].join('\n');
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
