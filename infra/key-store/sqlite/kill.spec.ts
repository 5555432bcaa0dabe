import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileWorker } from '../../worker/test-support/compile-worker.js';
import { openSqliteKeyStore } from './sqlite-key-store.js';

const script = fileURLToPath(compileWorker(new URL('../test-support/make-persons.ts', import.meta.url)));

/** What a process promised until it was killed in the middle of it. */
async function promisesUntilKilled(directory: string, round: number): Promise<string[][]> {
  const child = spawn(process.execPath, [script, directory, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const enough = 20_000 + round * 7_001;
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.length > enough) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => line.split(' '));
}

describe('a killed key store', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'keys-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('has every person that it had answered with, and nobody that it had forgotten', async () => {
    const promises: string[][] = [];
    for (let round = 0; round < 3; round += 1) promises.push(...(await promisesUntilKilled(directory, round)));
    const forgotten = new Set(promises.filter(([what]) => what === 'forgot').map(([, email]) => email));
    expect(forgotten.size).toBeGreaterThan(10);

    const store = await openSqliteKeyStore({ directory, secret: Buffer.from('a secret for the test') });
    try {
      for (const [what, email = '', personId = '', key] of promises) {
        if (what === 'forgot') expect(await store.keyOf(personId)).toBeNull();
        if (what !== 'made' || forgotten.has(email) || isLastWord(promises, email)) continue;
        expect(await store.personFor(email)).toBe(personId);
        expect(Buffer.from((await store.keyOf(personId)) ?? []).toString('hex')).toBe(key);
      }
    } finally {
      await store.close();
    }
  });
});

/** Every tenth person is about to be forgotten: whether it still was is open where nothing was promised. */
const isLastWord = (promises: readonly string[][], email: string): boolean =>
  /9@/.test(email) && !promises.some(([what, of]) => what === 'forgot' && of === email);
