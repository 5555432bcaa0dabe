// Writes the table of error codes in docs/api.md out of the catalogue. With --check it fails when the committed table is
// not what the catalogue says.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const guide = join(root, 'docs', 'api.md');
const built = spawnSync(process.execPath, [join(root, 'scripts', 'ensure-built.mjs'), '--quiet'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
const { ERROR_CATALOGUE } = await import('../dist/infra/http/error-catalogue.js');

const PLACE = /<!-- codes -->[^]*<!-- \/codes -->/;
const rows = Object.entries(ERROR_CATALOGUE).map(
  ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
);
const table = ['| code | status | title |', '| --- | --- | --- |', ...rows].join('\n');

const text = readFileSync(guide, 'utf8');
if (!PLACE.test(text)) {
  console.error('docs/api.md has no place for the codes: <!-- codes --> … <!-- /codes -->');
  process.exit(1);
}
const filled = text.replace(PLACE, () => `<!-- codes -->\n\n${table}\n\n<!-- /codes -->`);
const written = await format(filled, { ...(await resolveConfig(guide)), filepath: guide });
if (!process.argv.includes('--check')) {
  if (written !== text) writeFileSync(guide, written);
} else if (written !== text) {
  console.error('the codes in docs/api.md are not those of the catalogue: run `node scripts/api-codes.mjs`');
  process.exit(1);
}
console.log(`docs/api.md: ${rows.length} codes`);
