// The one way to prove: npm run proof -- NAME [options]; see README.md beside it, or --list.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const OPTIONS = {
  seed: { type: 'string' },
  short: { type: 'boolean', default: false },
  minutes: { type: 'string' },
  list: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

const folder = join(dirname(fileURLToPath(import.meta.url)), 'proofs');
const names = readdirSync(folder).map((file) => file.replace(/\.mjs$/, ''));

const usage = `npm run proof -- NAME [options]

  --seed N      what the random choices follow from (default: from the clock; it is printed)
  --short       the part that CI runs
  --minutes N   how long, where the proof says that it takes it
  --list        the proofs, a line each

The last line is PASS or FAIL with what was reached; the exit code is 0 or 1.
Proofs: ${names.join(', ')}`;

/** A whole number of at least this. */
function whole(name, text, least) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} is ${text}, not a whole number from ${least}`);
  return value;
}

const load = async (name) => (await import(`./proofs/${name}.mjs`)).default;

async function list() {
  for (const name of names) console.log(`${name.padEnd(14)}${(await load(name)).says}`);
}

/** Runs one proof: a failed one throws, or answers `failures`; what it did not reach counts as failed. */
async function prove(name, { seed, isShort, minutes }) {
  const log = (line) => process.stderr.write(`${line}\n`);
  log(`${name}, seed ${seed}${isShort ? ', short' : ''}`);
  const proof = await load(name);
  try {
    const result = await proof.run({ seed, isShort, minutes: minutes ?? proof.minutes, log });
    const { reached, failures, notTested } = result;
    if (notTested !== undefined) return untested(notTested);
    for (const failure of failures) console.log(`not held: ${failure}`);
    return { ok: failures.length === 0, told: reached };
  } catch (error) {
    console.log(error instanceof Error ? error.stack : String(error));
    return { ok: false, told: 'it ended before it was through' };
  }
}

/** What a proof needs is not on this machine: that is said, and fails where PROOFS_REQUIRED is 1. */
function untested(want) {
  return { ok: process.env.PROOFS_REQUIRED !== '1', told: `NOT TESTED for want of ${want}`, isTested: false };
}

async function main() {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) return console.log(usage);
  if (values.list) return list();
  const [name] = positionals;
  if (positionals.length !== 1 || !names.includes(name)) throw new Error(usage);
  const seed = whole('seed', values.seed ?? String(Date.now() % 1_000_000), 0);
  const minutes = values.minutes === undefined ? undefined : whole('minutes', values.minutes, 1);
  const { ok, told, isTested = true } = await prove(name, { seed, isShort: values.short, minutes });
  console.log(`${ok ? (isTested ? 'PASS' : 'SKIP') : 'FAIL'} ${name}, seed ${seed}: ${told}`);
  process.exitCode = ok ? 0 : 1;
}

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
