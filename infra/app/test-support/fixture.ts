import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The values of a gzipped file with one JSON document a line. */
export function readFixture<Value>(path: string): readonly Value[] {
  const text = gunzipSync(readFileSync(path)).toString();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Value);
}
