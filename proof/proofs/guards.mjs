// Takes out each guard of the code, one at a time, in a copy of it: some spec has to go red.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';
import { commandGuards } from '../support/guards/commands.mjs';
import { edgeGuards } from '../support/guards/edge.mjs';
import { giftCardGuards } from '../support/guards/gift-cards.mjs';
import { logGuards } from '../support/guards/log.mjs';
import { offerGuards } from '../support/guards/offers.mjs';
import { shopGuards } from '../support/guards/shop.mjs';
import { randomOf } from '../support/random.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const COPIED = ['domain', 'infra', 'projections', 'read-api', 'sagas', 'web', 'write-side'];
const CONFIGURATION = ['jest.config.js', 'package.json', 'scripts/jest', 'tsconfig.json'];
/** With a guard less some wait for what never comes. */
const PATIENCE_MS = 120_000;
const IN_SHORT = 2;

const guards = [...logGuards, ...commandGuards, ...shopGuards, ...offerGuards, ...giftCardGuards, ...edgeGuards];

/** The code with its specs, apart, so that nothing is ever taken out of the real one. */
function copyOfTree() {
  const copy = mkdtempSync(join(tmpdir(), 'cartwright-guards-'));
  for (const name of [...COPIED, ...CONFIGURATION]) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** The specs' report; null where they did not come to an end. */
function runSpecs(copy, specs) {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--maxWorkers=1', '--testTimeout=30000'];
  const args = [...jest, '--forceExit', '--json', `--outputFile=${report}`, '--runTestsByPath', ...specs];
  const child = spawn(process.execPath, args, { cwd: copy, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  return new Promise((done) => {
    child.on('close', (status) => {
      clearTimeout(timer);
      done(status === null ? null : JSON.parse(readFileSync(report, 'utf8')));
    });
  });
}

/** The first test that failed, or the spec that could not be run; null: all is green. */
function redOf(report, copy) {
  if (report === null) return 'the specs come to no end';
  const red = report.testResults.find(({ status }) => status === 'failed');
  if (red === undefined) return null;
  const test = red.assertionResults.find(({ status }) => status === 'failed');
  return `${red.name.slice(copy.length + 1)}: ${test?.fullName ?? 'does not run'}`;
}

/** Tries guards in one copy; a spec is run whole once. */
class Tree {
  #copy = copyOfTree();
  #whole = new Map();

  /** What is wrong about the guard; null where a spec goes red without it. */
  async fault({ name, file, find, replace, specs }, log) {
    const path = join(this.#copy, file);
    const source = readFileSync(path, 'utf8');
    const before = await this.#redWhole(specs);
    if (before !== null) return `${name}: red with the guard: ${before}`;
    writeFileSync(
      path,
      source.replace(find, () => replace),
    );
    const red = redOf(await runSpecs(this.#copy, specs), this.#copy);
    writeFileSync(path, source);
    log(`${red === null ? 'NOT HELD' : 'held    '} ${name}${red === null ? '' : ` (${red})`}`);
    return red === null ? `${name}: without it every test of ${specs.join(', ')} is green` : null;
  }

  async #redWhole(specs) {
    const key = specs.join(' ');
    if (!this.#whole.has(key)) this.#whole.set(key, redOf(await runSpecs(this.#copy, specs), this.#copy));
    return this.#whole.get(key);
  }

  remove() {
    rmSync(this.#copy, { recursive: true, force: true });
  }
}

/** Whether it is code: a spec that cannot be run at all says nothing of a guard. */
function isCode(source) {
  try {
    parseSync(source, { syntax: 'typescript', decorators: true, target: 'es2022' });
    return true;
  } catch {
    return false;
  }
}

/** The guards whose text is not in the code, or more than once, or without which nothing runs: also those that are not tried now. */
const lost = () =>
  guards.flatMap(({ name, file, find, replace }) => {
    const source = readFileSync(join(root, file), 'utf8');
    const times = source.split(find).length - 1;
    if (times !== 1) return [`${name}: its text is ${times} times in ${file}`];
    return isCode(source.replace(find, () => replace)) ? [] : [`${name}: without it ${file} is no code`];
  });

/** Some of them, in an order that follows from the seed. */
function sample(seed, count) {
  const random = randomOf(seed);
  const left = [...guards];
  return Array.from({ length: count }, () => left.splice(random.below(left.length), 1)[0]);
}

export default {
  says: 'every guard of the code is missed by a spec when it is taken out',
  async run({ seed, isShort, log }) {
    const failures = lost();
    if (failures.length > 0) return { reached: 'nothing was taken out', failures };
    const tried = isShort ? sample(seed, IN_SHORT) : guards;
    const tree = new Tree();
    try {
      for (const guard of tried) {
        const fault = await tree.fault(guard, log);
        if (fault !== null) failures.push(fault);
      }
    } finally {
      tree.remove();
    }
    return { reached: `${tried.length} of ${guards.length} guards taken out, one at a time`, failures };
  },
};
