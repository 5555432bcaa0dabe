import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CACHE = join(ROOT, '.cache', 'workers');
const IMPORT = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)\.js'/g;

/**
 * Compiles a TypeScript module that a thread or a process of its own starts from, and all that it imports from the
 * repository, to plain modules; answers the compiled entry. The folder is named by a hash of the sources: compiled once,
 * never stale.
 * @param workers modules that the entry starts threads from, and so does not import
 */
export function compileWorker(entry: URL, workers: readonly URL[] = []): URL {
  const sources = new Map<string, string>();
  for (const url of [entry, ...workers]) collect(fileURLToPath(url), sources);
  const hash = createHash('sha256');
  for (const [path, source] of sources) hash.update(`${path}\0${source}\0`);
  const folder = join(CACHE, hash.digest('hex').slice(0, 32));
  if (!existsSync(folder)) compile(sources, folder);
  return pathToFileURL(join(folder, compiledName(fileURLToPath(entry))));
}

function collect(path: string, sources: Map<string, string>): void {
  if (sources.has(path)) return;
  const source = readFileSync(path, 'utf8');
  sources.set(path, source);
  for (const [, specifier = ''] of source.matchAll(IMPORT)) collect(join(dirname(path), `${specifier}.ts`), sources);
}

/** Written aside and then renamed: several test processes may do it at once, and none sees half. */
function compile(sources: ReadonlyMap<string, string>, folder: string): void {
  mkdirSync(CACHE, { recursive: true });
  const aside = mkdtempSync(join(CACHE, 'making-'));
  writeFileSync(join(aside, 'package.json'), '{"type":"module"}');
  for (const [path, source] of sources) {
    const target = join(aside, compiledName(path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      transformSync(source, { filename: path, swcrc: false, jsc: JSC, module: { type: 'es6' } }).code,
    );
  }
  try {
    renameSync(aside, folder);
  } catch {
    // Another process was first; its folder holds the same.
    rmSync(aside, { recursive: true, force: true });
  }
}

const JSC = { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' } as const;

const compiledName = (path: string): string => relative(ROOT, path).replace(/\.ts$/, '.js');
