import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { CliError } from './cli-error.js';
import type { FileLine } from './file-lines.js';

/** A record with the line that it ends on; values are trimmed, empty ones left out. */
export interface CsvRecord {
  readonly number: number;
  readonly row: Readonly<Record<string, string>>;
}

/** As spreadsheets write them, in most countries and in those with a decimal comma. */
const DELIMITERS = [',', ';', '\t'];

/**
 * The records of a CSV text (RFC 4180), whose first line names the columns.
 * @throws CliError for a column that is not among `columns`, and for what is no CSV, naming the line
 */
export async function* csvRecords(
  path: string,
  lines: AsyncIterator<FileLine>,
  columns: readonly string[],
): AsyncGenerator<CsvRecord> {
  const header = await lines.next();
  if (header.done === true) return;
  const { number, text } = header.value;
  const parser = parse({
    delimiter: DELIMITERS.find((one) => text.includes(one)) ?? ',',
    columns: (names: readonly string[]) => known(names, columns, `${path}:${number}`),
    info: true,
    trim: true,
    skip_empty_lines: true,
  });
  const texts = Readable.from(textsFrom(text, lines));
  texts.once('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const filled = Object.entries(record).filter(([, value]) => value !== '');
      yield { number: number - 1 + info.lines, row: Object.fromEntries(filled) };
    }
  } catch (error) {
    throw error instanceof CliError ? error : new CliError(`${path} is no CSV: ${String(error)}`, { cause: error });
  }
}

interface Parsed {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

async function* textsFrom(first: string, lines: AsyncIterator<FileLine>): AsyncGenerator<string> {
  yield `${first}\n`;
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) yield `${next.value.text}\n`;
}

function known(names: readonly string[], columns: readonly string[], where: string): string[] {
  const unknown = names.find((name) => !columns.includes(name));
  if (unknown === undefined) return [...names];
  throw new CliError(`${where} has a column ${unknown}; known are ${columns.join(', ')}`);
}
