// The last step of the build: the types of the API from the OpenAPI document that the build wrote, then the pages from
// `web/` into dist/web, packed once as small as they get. Nothing is done where nothing that goes into them has changed.
import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import openapiTypes, { astToString } from 'openapi-typescript';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');
const document = join(root, 'dist', 'openapi.json');
const types = join(root, 'dist', 'api.d.ts');
const pages = join(root, 'dist', 'web');
const stamp = join(pages, '.built-from');
/** Most that a page may load before it is there: kB of 1,000 bytes, packed. */
const MOST_INITIAL_KB = 200;

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

function inputs() {
  const files = [document, join(root, 'package-lock.json'), import.meta.filename, ...filesOf(join(root, 'web'))];
  return hash(
    'sha256',
    files.map((file) => `${relative(root, file)} ${hash('sha256', readFileSync(file))}\n`).join(''),
  );
}

/** Beside every text its packed forms, which the engine sends as they are; answers the size of each packed. */
function pack(folder) {
  const sizes = new Map();
  for (const file of filesOf(folder).filter((name) => /\.(js|css|html|svg)$/.test(name))) {
    const bytes = readFileSync(file);
    const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    writeFileSync(`${file}.br`, packed);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    sizes.set(relative(folder, file), packed.length);
  }
  return sizes;
}

/** The scripts that index.html names, each of which the browser loads before it shows anything. */
const initialScripts = (folder) =>
  [...readFileSync(join(folder, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/console\/([^"]+\.js)"/g)].map(
    ([, name]) => name,
  );

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const wanted = inputs();
if (!existsSync(stamp) || !existsSync(types) || readFileSync(stamp, 'utf8') !== wanted) {
  rmSync(pages, { recursive: true, force: true });
  writeFileSync(types, astToString(await openapiTypes(JSON.parse(readFileSync(document, 'utf8')))));
  await build({ configFile: join(root, 'web', 'vite.config.ts') });
  const folder = join(pages, 'console');
  const sizes = pack(folder);
  const initial = initialScripts(folder).reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  const all = [...sizes].filter(([name]) => name.endsWith('.js')).reduce((sum, [, size]) => sum + size, 0);
  console.log(`console: ${kB(initial)} of JavaScript at first, ${kB(all)} in all (packed)`);
  if (initial > MOST_INITIAL_KB * 1000) throw new Error(`the console loads more than ${MOST_INITIAL_KB} kB at first`);
  writeFileSync(stamp, wanted);
}
