import { statSync } from 'node:fs';
import { CliError } from './cli-error.js';
import { csvRecords } from './csv-records.js';
import { readLines, type FileLine } from './file-lines.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** What each line of a file must be. */
export interface LineFormat<Value> {
  /** Why an object is no such value; ends a sentence that begins with the line: `has no sku`. */
  readonly flaw: (value: JsonObject) => string | undefined;
  /** What no second line may have. */
  readonly key: (value: Value) => string;
  /** What a key is called: `SKU`. */
  readonly keyName: string;
}

export interface NdjsonLine<Value> {
  readonly value: Value;
  /** `FILE:NUMBER` */
  readonly where: string;
}

/** What each record of a file must be that is NDJSON or CSV. */
export interface RecordFormat<Value> extends LineFormat<Value> {
  /** Names of the columns of CSV. */
  readonly columns: readonly string[];
  /** The object that a row of CSV stands for. */
  readonly ofRow: (row: Readonly<Record<string, string>>) => JsonObject;
}

/**
 * The objects of a file with one JSON document a line, read as they are needed; blank lines are passed over.
 * @throws CliError that names the line which is no such object, or has the key of a line before it
 */
export const readNdjson = <Value extends object>(
  path: string,
  format: LineFormat<Value>,
): AsyncGenerator<NdjsonLine<Value>> => checked(path, jsonObjects(path, readLines(path)), format);

/**
 * The same of a file that may be CSV as well, which begins with no brace.
 * @throws CliError as `readNdjson`, and for what is no CSV
 */
export async function* readRecords<Value extends object>(
  path: string,
  format: RecordFormat<Value>,
): AsyncGenerator<NdjsonLine<Value>> {
  const lines = readLines(path);
  for await (const first of lines) {
    if (first.text.trim() === '') continue;
    const all = beginningWith(first, lines);
    const isJson = first.text.trimStart().startsWith('{');
    return yield* checked(path, isJson ? jsonObjects(path, all) : csvObjects(path, all, format), format);
  }
}

async function* beginningWith(first: FileLine, others: AsyncGenerator<FileLine>): AsyncGenerator<FileLine> {
  yield first;
  yield* others;
}

interface Numbered {
  readonly number: number;
  readonly value: JsonObject;
}

async function* jsonObjects(path: string, lines: AsyncIterable<FileLine>): AsyncGenerator<Numbered> {
  for await (const { number, text } of lines) {
    if (text.trim() !== '') yield { number, value: parsedLine(text, `${path}:${number}`) };
  }
}

async function* csvObjects<Value>(
  path: string,
  lines: AsyncGenerator<FileLine>,
  { columns, ofRow }: RecordFormat<Value>,
): AsyncGenerator<Numbered> {
  for await (const { number, row } of csvRecords(path, lines, columns)) yield { number, value: ofRow(row) };
}

async function* checked<Value extends object>(
  path: string,
  objects: AsyncIterable<Numbered>,
  format: LineFormat<Value>,
): AsyncGenerator<NdjsonLine<Value>> {
  const seen = new Map<string, number>();
  for await (const { number, value } of objects) {
    const where = `${path}:${number}`;
    const flaw = format.flaw(value);
    if (flaw !== undefined) throw new CliError(`${where} ${flaw}`);
    const key = format.key(value as Value);
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      throw new CliError(
        `${where} has ${format.keyName} ${key} again, which line ${earlier} has: leave one of the two`,
      );
    }
    seen.set(key, number);
    yield { value: value as Value, where };
  }
}

function parsedLine(text: string, where: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError(`${where} is no JSON; one whole JSON object a line is wanted`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new CliError(`${where} is no JSON object; one object a line is wanted`);
}

/** Whether the file gives the same content each time it is read: a pipe gives it once. */
export function isRepeatable(path: string): boolean {
  return path !== '-' && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? true);
}
