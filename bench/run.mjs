// The one way to measure: npm run bench -- SCENARIO [options]; see README.md beside it, or --help.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { endEverything } from './support/engine.mjs';
import { machine, summaryOf, ratiosOf, tableOf } from './support/report.mjs';
import { builtRevision, ownRevision } from './support/revisions.mjs';

const OPTIONS = {
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string' },
  shoppers: { type: 'string', default: '64' },
  size: { type: 'string' },
  vs: { type: 'string' },
  directory: { type: 'string', default: tmpdir() },
  json: { type: 'boolean', default: false },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
};

const folder = join(dirname(fileURLToPath(import.meta.url)), 'scenarios');
const names = readdirSync(folder).map((file) => file.replace(/\.mjs$/, ''));

const usage = `npm run bench -- SCENARIO [options]

  --rounds N       rounds, of which the medians are told (default 5)
  --seconds N      how long each load lasts (default: the scenario's own)
  --shoppers N     clients at once, where the scenario has shoppers (default 64)
  --size N         how much the scenario fills in first (default and unit: the scenario's own)
  --vs REV         builds another revision aside and alternates rounds with it
  --directory DIR  where data directories are made: its disk is measured too (default: the system's for temporary files)
  --json           prints one JSON object instead of a table
  --out FILE       writes the JSON object to a file as well

Scenarios: ${names.join(', ')}`;

/** A whole number above 0. */
function count(name, text) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} is ${text}, not a whole number above 0`);
  return value;
}

/** Runs the rounds of all subjects in turn: what the machine does meanwhile meets all of them. */
async function measure(scenario, subjects, { rounds, ...given }) {
  const runs = [];
  for (const subject of subjects) {
    const options = { ...given, subject };
    runs.push({ subject, options, rounds: [], prepared: await scenario.prepare?.(options) });
  }
  for (let round = 1; round <= rounds; round++) {
    for (const run of runs) {
      process.stderr.write(`round ${round} of ${rounds}, ${run.subject.revision}\n`);
      run.rounds.push(await scenario.round(run.options, run.prepared));
    }
  }
  return runs.map(({ subject, rounds: taken }) => ({ revision: subject.revision, metrics: summaryOf(taken) }));
}

async function main() {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [name] = positionals;
  if (values.help) return console.log(usage);
  if (positionals.length !== 1 || !names.includes(name)) throw new Error(usage);
  const { default: scenario } = await import(`./scenarios/${name}.mjs`);
  const given = {
    rounds: count('rounds', values.rounds),
    seconds: count('seconds', values.seconds ?? scenario.seconds ?? 10),
    shoppers: count('shoppers', values.shoppers),
    size: count('size', values.size ?? scenario.size ?? 1),
    directory: values.directory,
  };
  const subjects = [ownRevision(), ...(values.vs === undefined ? [] : [builtRevision(values.vs)])];
  const [own, other] = await measure(scenario, subjects, given);
  const { directory: _, ...settings } = given;
  const compared = other === undefined ? {} : { vs: other, ratios: ratiosOf(own, other) };
  const result = {
    scenario: name,
    limit: scenario.limit,
    at: new Date().toISOString(),
    machine: machine(),
    ...settings,
  };
  const whole = { ...result, ...own, ...compared };
  const text = JSON.stringify(whole, null, 2);
  if (values.out !== undefined) {
    mkdirSync(dirname(values.out), { recursive: true });
    writeFileSync(values.out, `${text}\n`);
  }
  console.log(values.json ? text : tableOf(whole, scenario));
}

await main().then(
  () => endEverything(),
  (error) => {
    console.error(error.message.startsWith('npm run bench') ? error.message : error);
    endEverything();
    process.exit(1);
  },
);
