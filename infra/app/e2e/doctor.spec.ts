import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedOnly, freePort, Shop, useEngines } from '../test-support/index.js';

const { describe } = embeddedOnly('the files of a data directory');

/** Names, modes and contents of all that is there; null where nothing is. The shared memory of a log is nobody's content. */
function tree(directory: string): unknown {
  if (!existsSync(directory)) return null;
  return readdirSync(directory)
    .toSorted()
    .map((name) => {
      const path = join(directory, name);
      const content = name.endsWith('-shm') ? '' : createHash('sha256').update(readFileSync(path)).digest('hex');
      return [name, statSync(path).mode, content];
    });
}

describe('the doctor', () => {
  const engines = useEngines();

  async function findings(directory: string, code = 0, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const before = tree(directory);
    const PORT = env['PORT'] ?? String(await freePort());
    const child = engines.cliWith({ DATA_DIR: directory, ...env, PORT }, 'doctor');
    expect([await child.end(60), child.stderr]).toEqual([code, '']);
    expect(tree(directory)).toEqual(before);
    return child.stdout;
  }

  it('makes nothing where there is no directory yet, and says so', async () => {
    const directory = join(engines.directory(), 'not', 'there');
    const said = await findings(directory);
    expect(said).toContain('is not there yet: the first start makes it');
    expect(existsSync(directory)).toBe(false);
  }, 60_000);

  it('looks at a shop that stands still, and leaves it as it is', async () => {
    const engine = await engines.start();
    const shop = new Shop(engine);
    await shop.product({ sku: 'S-1', stock: 10 });
    await shop.ended(await shop.buy([['S-1', 1]]));
    await shop.caughtUp();
    await engine.stop();
    const { directory } = engine.options;
    const said = await findings(directory);
    expect(said).not.toContain('FAIL');
    for (const line of [
      'is free',
      'can be written',
      'GiB are free',
      'alone',
      'clock',
      'keys belong',
      'follow this log',
    ]) {
      expect(said).toContain(line);
    }

    chmodSync(join(directory, 'keys.db'), 0o644);
    expect(await findings(directory, 1)).toMatch(/FAIL others may open keys\.db/);
    chmodSync(join(directory, 'keys.db'), 0o600);
    rmSync(join(directory, 'server.secret'));
    expect(await findings(directory, 1)).toMatch(/FAIL server\.secret is missing beside keys\.db/);
    rmSync(join(directory, 'keys.db'));
    expect(await findings(directory, 1)).toMatch(/FAIL keys\.db is missing/);
  }, 120_000);

  it('looks at a shop that runs, or was killed, and leaves it as it is', async () => {
    const engine = await engines.start();
    const shop = new Shop(engine);
    await shop.product({ sku: 'S-1', stock: 10 });
    await shop.caughtUp();
    const { directory } = engine.options;
    const { port } = new URL(engine.url);
    const running = engines.cliWith({ DATA_DIR: directory, PORT: port }, 'doctor');
    expect([await running.end(60), running.stderr]).toEqual([0, '']);
    expect(running.stdout).toContain(`an engine answers at 127.0.0.1:${port}`);
    if (existsSync('/proc/self/fd')) expect(running.stdout).toMatch(/an engine is at work on .* \(process \d+\)/);
    await engine.kill();
    expect(await findings(directory)).not.toContain('FAIL');
  }, 120_000);
});
