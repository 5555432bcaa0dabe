import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { CliError } from './cli-error.js';

/**
 * The values of a file with one JSON document a line, gzipped where its name ends in `.gz`; read as it is needed.
 * @throws CliError that names the line which is no JSON
 */
export async function* readNdjson<Value>(path: string): AsyncGenerator<Value> {
  if (!existsSync(path)) throw new CliError(`there is no file ${path}`);
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    yield parseLine<Value>(line, `${path}:${number}`);
  }
}

function parseLine<Value>(line: string, where: string): Value {
  try {
    return JSON.parse(line) as Value;
  } catch {
    throw new CliError(`${where} is no JSON`);
  }
}
