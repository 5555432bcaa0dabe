import { memberIn } from '../../event-store/index.js';

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

/** Writes a line of the feed as one of CSV: a column a member, `data` as JSON, null as nothing. */
export const csvLine = (line: string): string =>
  `${COLUMNS.map((name) => csvField(valueIn(line, name))).join(',')}\r\n`;

/** The JSON text of a member, which is a text, a number, null, or for `data` an object. */
function valueIn(line: string, name: string): string {
  const span = memberIn(line, name);
  return span === null ? 'null' : line.slice(span.start, span.end);
}

function csvField(json: string): string {
  if (json === 'null') return '';
  return quotedWhereNeeded(json.startsWith('"') ? (JSON.parse(json) as string) : json);
}

const quotedWhereNeeded = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
