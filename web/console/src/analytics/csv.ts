/** Rows as CSV (RFC 4180) with their names in the first line; what a spreadsheet would take for a formula is told apart. */
export const csvOf = (names: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [names, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');

function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
