interface Row {
  readonly name: string;
  readonly version: number;
  readonly position: string;
  readonly lag: number;
  readonly parked: number;
  readonly state: string;
}

const COLUMNS = ['name', 'version', 'position', 'lag', 'parked', 'state'] as const;

/** The read models as a table. */
export const printProjections = (body: Readonly<Record<string, unknown>>, say: (line: string) => void): void =>
  printTable(COLUMNS, body['items'] as readonly Row[], say);

export function printTable<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, unknown>>[],
  say: (line: string) => void,
): void {
  const cells = [columns.map(String), ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  for (const row of cells)
    say(
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
