import { statSync } from 'node:fs';
import { CliError } from './cli-error.js';
import { readLines } from './file-lines.js';

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

/**
 * The objects of a file with one JSON document a line, read as they are needed; blank lines are passed over.
 * @throws CliError that names the line which is no such object, or has the key of a line before it
 */
export async function* readNdjson<Value extends object>(
  path: string,
  format: LineFormat<Value>,
): AsyncGenerator<NdjsonLine<Value>> {
  const seen = new Map<string, number>();
  for await (const { number, text } of readLines(path)) {
    if (text.trim() === '') continue;
    const where = `${path}:${number}`;
    const value = parsedLine(text, where);
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
