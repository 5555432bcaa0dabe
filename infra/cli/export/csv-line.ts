import { stringify } from 'csv-stringify/sync';

const COLUMNS = [
  'id',
  'position',
  'stream',
  'category',
  'revision',
  'type',
  'at',
  'actor',
  'commandId',
  'correlationId',
  'causationId',
  'data',
];

/** The first line of a CSV file (RFC 4180): the members of a line of the feed, in its order. */
export const CSV_HEAD = csvRow(COLUMNS);

const DATA = ',"data":';

/** Writes a line of the feed as one of CSV: a column a member, `data` as JSON, null as nothing. */
export function csvLine(line: string): string {
  // It is the last member, and the quotes of such a text within another member would be escaped.
  const end = line.indexOf(DATA);
  const members = JSON.parse(`${line.slice(0, end)}}`) as Readonly<Record<string, unknown>>;
  const data = line.slice(end + DATA.length, line.lastIndexOf('}'));
  return csvRow(COLUMNS.map((name) => (name === 'data' ? data : members[name])));
}

/** With quotes where a field has a line end of any kind, not only that of the rows. */
function csvRow(fields: readonly unknown[]): string {
  return stringify([fields as unknown[]], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}
