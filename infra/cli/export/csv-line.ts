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
export const CSV_HEAD = `${COLUMNS.join(',')}\r\n`;

const DATA = ',"data":';

/** Writes a line of the feed as one of CSV: a column a member, `data` as JSON, null as nothing. */
export function csvLine(line: string): string {
  // It is the last member, and the quotes of such a text within another member would be escaped.
  const end = line.indexOf(DATA);
  const members = JSON.parse(`${line.slice(0, end)}}`) as Readonly<Record<string, unknown>>;
  const data = line.slice(end + DATA.length, line.lastIndexOf('}'));
  return `${COLUMNS.map((name) => csvField(name === 'data' ? data : members[name])).join(',')}\r\n`;
}

function csvField(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
