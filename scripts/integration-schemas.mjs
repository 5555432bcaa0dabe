// Writes docs/integration-events: a JSON Schema for each integration event, and the table of its README. With --check it
// fails when the committed files are not what the code says.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'docs', 'integration-events');
const built = spawnSync(process.execPath, [join(root, 'scripts', 'ensure-built.mjs'), '--quiet'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
const { eventTable, schemaDocuments } = await import('../dist/infra/integration-events/index.js');

const formatted = async (path, text) => format(text, { ...(await resolveConfig(path)), filepath: path });
const files = new Map();
for (const { file, json } of schemaDocuments()) {
  files.set(file, await formatted(join(folder, file), JSON.stringify(json, null, 2)));
}
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const table = `<!-- events -->\n\n${eventTable()}\n\n<!-- /events -->`;
const written = readme.replace(/<!-- events -->[^]*<!-- \/events -->/, () => table);
files.set('README.md', await formatted(join(folder, 'README.md'), written));

const left = readdirSync(folder).filter((file) => !files.has(file));
const differs = ([file, text]) => !existsSync(join(folder, file)) || readFileSync(join(folder, file), 'utf8') !== text;
const changed = [...files].filter(differs).map(([file]) => file);
if (process.argv.includes('--check')) {
  for (const file of [...changed, ...left]) console.error(`docs/integration-events/${file} is not what the code says`);
  if (changed.length + left.length > 0) console.error('run `node scripts/integration-schemas.mjs`');
  process.exit(changed.length + left.length > 0 ? 1 : 0);
}
for (const file of changed) writeFileSync(join(folder, file), files.get(file));
for (const file of left) rmSync(join(folder, file));
console.log(`docs/integration-events: ${files.size} files, ${changed.length} written, ${left.length} removed`);
