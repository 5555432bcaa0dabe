export const FORMATS = { ndjson: 'NDJSON', csv: 'CSV', parquet: 'Parquet' } as const;
export type Format = keyof typeof FORMATS;

export interface Export {
  readonly format: Format;
  /** A file for each; empty for one file, of Parquet one a type. */
  readonly by: '' | 'type' | 'day';
  /** Times of the API; empty for the whole log. */
  readonly from: string;
  readonly to: string;
}

/** The command that exports the log, to be run where the engine's data are. */
export const exportCommand = ({ format, by, from, to }: Export): string =>
  [
    `npm run -s cli -- export --format ${format} --out events-${format}`,
    ...(by === '' ? [] : [`--by ${by}`]),
    ...(from === '' ? [] : [`--from ${from}`]),
    ...(to === '' ? [] : [`--to ${to}`]),
  ].join(' ');

/** How what was exported is read. */
export function readingOf({ format, by }: Export): string {
  const folder = `events-${format}`;
  switch (format) {
    case 'parquet':
      return `SELECT type, count(*) FROM read_parquet('${folder}/*.parquet', union_by_name = true) GROUP BY type;`;
    case 'csv':
      return `SELECT type, count(*) FROM read_csv('${folder}/*.csv') GROUP BY type;`;
    default:
      return `SELECT type, count(*) FROM read_ndjson('${folder}/${by === '' ? 'events' : '*'}.ndjson') GROUP BY type;`;
  }
}
