// What a process does to the files of a directory, with every byte, as strace writes it down.
import { spawn } from 'node:child_process';
import { closeSync, createReadStream, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { filesOf } from '../strace.mjs';

const CALLS = 'fsync,fdatasync,pwrite64,ftruncate,unlink,openat,write,mkdir,mkdirat';
/** More than the largest write: strace cuts off what is longer. */
const MOST_BYTES = 1_000_000;

const bytesOf = (hex) => Buffer.from(hex.replaceAll('\\x', ''), 'hex');
const textOf = (hex) => bytesOf(hex).toString();

/**
 * Runs a program, which makes `directory/data`, keeps a database there and says on its output what it has acknowledged, to its end.
 * @param {string} [inject] as in strace's `-e inject=`: calls that fail
 * @returns how it ended and what it did, in order: `write` (path, offset, data), `truncate` (path, length), `create`, `unlink`,
 *   `make` (a directory's path), `sync` (path), `say` (text), and `failed` (call, error) for what was injected
 */
export async function recorded(program, directory, { database, inject }) {
  const data = join(directory, 'data');
  const [calls, said] = [join(directory, 'calls'), join(directory, 'said')];
  const paths = [directory, data, said, ...filesOf(join(data, database))];
  const watched = ['-D', '-f', '-y', '-xx', '-s', String(MOST_BYTES), '-o', calls, '-e', `trace=${CALLS}`];
  if (inject !== undefined) watched.push('-e', `inject=${inject}`);
  const output = openSync(said, 'w');
  const args = [...watched, ...paths.flatMap((path) => ['-P', path]), ...program];
  const child = spawn('strace', args, { stdio: ['ignore', output, inject === undefined ? 'inherit' : 'ignore'] });
  closeSync(output);
  const code = await new Promise((done) => child.once('close', done));
  return { code, operations: await operationsIn(calls, said) };
}

async function operationsIn(calls, said) {
  const operations = [];
  const begun = new Map();
  for await (const line of createInterface({ input: createReadStream(calls) })) {
    const [, thread, text] = /^(\d+) +(.*)$/.exec(line);
    // A call during which another thread made one stands on two lines; it counts where it is done.
    const [, first] = /^(.*) <unfinished \.\.\.>$/.exec(text) ?? [];
    if (first !== undefined) begun.set(thread, first);
    else {
      const [, rest] = /^<\.\.\. \w+ resumed>(.*)$/.exec(text) ?? [];
      const operation = operationOf(rest === undefined ? text : begun.get(thread) + rest, said);
      if (operation !== null) operations.push(operation);
    }
  }
  return operations;
}

const READERS = [
  [
    /^(\w+)\(.*?<(.*?)>.* = -1 (E\w+) .*\(INJECTED\)$/,
    ([call, path, error]) => ({ kind: 'failed', call, path: textOf(path), error }),
  ],
  [
    /^pwrite64\(\d+<(.*?)>, "(.*?)"(\.*), \d+, (\d+)\) += \d/,
    ([path, data, cut, offset]) => {
      if (cut !== '') throw new Error(`strace has cut off a write to ${textOf(path)}`);
      return { kind: 'write', path: textOf(path), offset: Number(offset), data: bytesOf(data) };
    },
  ],
  [
    /^ftruncate\(\d+<(.*?)>, (\d+)\) += 0/,
    ([path, length]) => ({ kind: 'truncate', path: textOf(path), length: Number(length) }),
  ],
  [/^f(?:data)?sync\(\d+<(.*?)>\) += 0/, ([path]) => ({ kind: 'sync', path: textOf(path) })],
  [/^mkdir(?:at\([^,]*, |\()"(.*?)", \d+\) += 0/, ([path]) => ({ kind: 'make', path: textOf(path) })],
  [/^unlink\("(.*?)"\) += 0/, ([path]) => ({ kind: 'unlink', path: textOf(path) })],
  [/^openat\(.*?, "(.*?)", [^)]*O_CREAT[^)]*\) += \d/, ([path]) => ({ kind: 'create', path: textOf(path) })],
];

function operationOf(call, said) {
  for (const [pattern, read] of READERS) {
    const [, ...parts] = pattern.exec(call) ?? [];
    if (parts.length > 0) return read(parts);
  }
  const [, path, text] = /^write\(\d+<(.*?)>, "(.*?)"/.exec(call) ?? [];
  return path !== undefined && textOf(path) === said ? { kind: 'say', text: textOf(text) } : null;
}
