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
export function printProjections(body: Readonly<Record<string, unknown>>, say: (line: string) => void): void {
  const rows = body['items'] as readonly Row[];
  const cells = [COLUMNS.map(String), ...rows.map((row) => COLUMNS.map((column) => String(row[column])))];
  const widths = COLUMNS.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  for (const row of cells)
    say(
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
