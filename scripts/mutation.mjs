// Changes the code in small ways, a folder at a time, and counts the changes that no spec notices: npm run mutation -- FOLDER...
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const WITHOUT_CODE = new Set(['test-support']);
/** The one spec that a folder's specs are gathered in: Jest loads the code once for each of its files. */
export const GATHERED = 'gathered.spec.ts';

/** That a law fails is enough; nobody reads by what it fails. */
const WITHOUT_SHRINKING = "import fc from 'fast-check';\nfc.configureGlobal({ endOnFailure: true });\n";

export const outputOf = (folder) => `.cache/mutation/${folder.replaceAll('/', '-')}`;

const foldersIn = (layer) =>
  readdirSync(join(root, layer), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !WITHOUT_CODE.has(entry.name))
    .map(({ name }) => `${layer}/${name}`);

/** In the copy of the tree that is mutated: all specs that need no store. */
function gather(folder) {
  const specs = readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.spec.ts') && !file.endsWith('.journey.spec.ts') && file !== GATHERED)
    .sort();
  const lines = specs.map((file) => `import './${file.replace(/ts$/, 'js')}';\n`);
  writeFileSync(join(root, folder, GATHERED), [...lines, WITHOUT_SHRINKING].join(''));
}

const isIn =
  (...statuses) =>
  ({ status }) =>
    statuses.includes(status);

/** Each survivor's place and what it became, then a line for the table in proof/mutation.md. */
function tell(folder, { files }) {
  const mutants = Object.entries(files).flatMap(([file, { mutants: own }]) => own.map((one) => ({ ...one, file })));
  const tried = mutants.filter(isIn('Killed', 'Timeout', 'Survived', 'NoCoverage'));
  const killed = tried.filter(isIn('Killed', 'Timeout'));
  const score = tried.length === 0 ? 100 : Math.floor((1000 * killed.length) / tried.length) / 10;
  for (const { file, location, mutatorName, replacement, status } of tried.filter(isIn('Survived', 'NoCoverage')))
    console.log(`${status} ${file}:${location.start.line}:${location.start.column} ${mutatorName} → ${replacement}`);
  console.log(`| ${folder} | ${tried.length} | ${killed.length} | ${score} % |`);
}

/** Whether the folder's specs were green before it and could be run. */
function mutate(folder) {
  const env = { ...process.env, MUTATED_FOLDER: folder };
  const { status } = spawnSync('npx', ['stryker', 'run'], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const report = join(root, `${outputOf(folder)}.json`);
  if (status !== 0 || !existsSync(report)) return false;
  tell(folder, JSON.parse(readFileSync(report, 'utf8')));
  return true;
}

function main([option, ...rest]) {
  if (option === '--gather') return gather(rest[0]);
  const named = option === undefined ? [] : [option, ...rest];
  const folders = named.length > 0 ? named : [...foldersIn('domain'), ...foldersIn('sagas')];
  const failed = folders.filter((folder) => !mutate(folder));
  for (const folder of failed) console.error(`FAIL ${folder} could not be mutated`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
