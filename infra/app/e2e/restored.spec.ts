import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendAt } from '../../event-store/test-support/index.js';
import { checkoutBody, embeddedOnly, expectStatus, Shop, useEngines, type Engines } from '../test-support/index.js';

const { describe } = embeddedOnly('backups of the files of a data directory');

const SETTINGS = { LOG_LEVEL: 'silent' };

/** What the engine says when it does not start. */
async function refused(engines: Engines, directory: string): Promise<string> {
  const child = engines.launch({ directory, env: SETTINGS });
  expect(await child.end(60)).toBe(1);
  expect(child.stderr).toMatch(/^cannot start: [^\n]+\n$/);
  return child.stderr;
}

async function command(engines: Engines, directory: string, ...args: string[]): Promise<string> {
  const child = engines.cliOver(directory, ...args);
  expect([await child.end(60), child.stderr]).toEqual([0, '']);
  return child.stdout;
}

const FILES = ['events.db', 'keys.db', 'read.db', 'search.db', 'processes.db', 'auth.secret', 'server.secret'];

const NEW_EMAIL = 'somebody.new@example.com';

/** What a client of the lost days has. */
interface Held {
  readonly from: string;
  readonly token: string;
  readonly cursor: string;
}

/** A shop that sold twice, was copied to `backup`, and sold once more, to somebody new. */
async function soldAfterBackup(engines: Engines, directory: string, backup: string): Promise<Held> {
  const engine = await engines.start({ directory });
  const shop = new Shop(engine);
  await shop.product({ sku: 'S-1', stock: 10 });
  for (let count = 0; count < 2; count += 1) await shop.ended(await shop.buy([['S-1', 1]]));
  await shop.caughtUp();
  expect(await engine.stop()).toBe(0);
  for (const file of FILES) if (existsSync(join(directory, file))) cpSync(join(directory, file), join(backup, file));
  await engine.start();
  const lost = new Shop(engine);
  const body = { ...checkoutBody(), email: NEW_EMAIL };
  expectStatus(await lost.checkOut(await lost.cart(['S-1', 3]), { body, wait: 20 }), 201);
  await lost.caughtUp();
  const opened = expectStatus(await lost.http.call('POST', '/v1/carts', { body: { currency: 'USD' } }), 201);
  const events = await lost.http.call('GET', '/v1/events', { as: 'admin' });
  const orders = expectStatus(await lost.http.call('GET', '/v1/orders?limit=1', { as: 'admin' }), 200);
  expect(await engine.stop()).toBe(0);
  return {
    from: String((JSON.parse(events.text.trim().split('\n').at(-1) ?? '') as Record<string, unknown>)['position']),
    token: String(opened.headers.get('consistency-token')),
    cursor: String(orders.json['nextCursor']),
  };
}

describe('an installation that was put back from a backup', () => {
  const engines = useEngines();
  let template: string;
  let madeBackup: string;
  let directory: string;
  let backup: string;
  let held: Held;

  beforeAll(async () => {
    template = mkdtempSync(join(tmpdir(), 'cartwright-lost-'));
    madeBackup = mkdtempSync(join(tmpdir(), 'cartwright-backup-'));
    held = await soldAfterBackup(engines, template, madeBackup);
  }, 120_000);
  beforeEach(() => {
    directory = engines.directory();
    backup = engines.directory();
    cpSync(template, directory, { recursive: true });
    cpSync(madeBackup, backup, { recursive: true });
  });
  afterAll(() => {
    for (const made of [template, madeBackup]) rmSync(made, { recursive: true, force: true });
  });

  const putBack = (...files: string[]): void => {
    for (const file of files) {
      for (const side of ['', '-wal', '-shm']) rmSync(join(directory, file + side), { force: true });
      if (existsSync(join(backup, file))) cpSync(join(backup, file), join(directory, file));
    }
  };

  it.each([
    ['the log alone, beside what was made from the lost one', ['events.db']],
    ['the whole directory', FILES],
  ])(
    'as %s: under its new identity it sells on, and refuses what was said of the lost log',
    async (_title, files) => {
      putBack(...files);
      if (files.length === 1) expect(await refused(engines, directory)).toMatch(/ahead of the log.*cli -- restored/);
      expect(await command(engines, directory, 'restored')).toMatch(/is restored-\S+ from now on/);
      const shop = new Shop(await engines.start({ directory }));
      for (let count = 0; count < 4; count += 1) await shop.ended(await shop.buy([['S-1', 1]]));
      await shop.caughtUp();
      expect(await shop.stock('S-1')).toMatchObject({ onHand: 10, reserved: 6, available: 4 });

      const ask = (path: string) => shop.http.call('GET', path, { as: 'admin' });
      const stale = await ask(`/v1/events?from=${held.from}`);
      expect([stale.status, stale.json['code']]).toEqual([410, 'LOG.REPLACED']);
      const headers = { 'consistency-token': held.token };
      const waited = await shop.http.call('GET', '/v1/products/S-1', { headers });
      expect([waited.status, waited.json['code']]).toEqual([400, 'REQUEST.INVALID']);
      const paged = await ask(`/v1/orders?limit=1&cursor=${held.cursor}`);
      expect([paged.status, paged.json['code']]).toEqual([400, 'REQUEST.INVALID']);

      const lines = (await ask('/v1/events')).text.trim().split('\n');
      const [last = '', before = ''] = lines.toReversed();
      const { position } = JSON.parse(before) as { readonly position: string };
      expect((await ask(`/v1/events?from=${position}`)).text.trim()).toBe(last);
      expect(await shop.orders()).toHaveLength(6);
    },
    120_000,
  );

  it('is refused without the keys of its persons, until their loss is accepted', async () => {
    for (const side of ['', '-wal', '-shm']) rmSync(join(directory, `keys.db${side}`), { force: true });
    expect(await refused(engines, directory)).toMatch(/persons .*put back the keys .*cli -- accept lost-keys/);
    expect(existsSync(join(directory, 'keys.db'))).toBe(false);
    await command(engines, directory, 'accept', 'lost-keys');
    const shop = new Shop(await engines.start({ directory }));
    expect((await shop.ended(await shop.buy([['S-1', 1]]))).status).toBe('confirmed');
  }, 120_000);

  it('is refused with keys that are older than the log', async () => {
    putBack('keys.db');
    expect(await refused(engines, directory)).toMatch(/^cannot start: 1 of the last \d persons/);
  }, 120_000);

  it('is refused where the clock was far ahead, until its times are accepted', async () => {
    await appendAt(directory, Date.now() + 70 * 365 * 86_400_000);
    expect(await refused(engines, directory)).toMatch(/recorded at 20[89]\d-.* ahead of .*cli -- accept times/);
    await command(engines, directory, 'accept', 'times');
    const shop = new Shop(await engines.start({ directory }));
    const { placedAt } = await shop.ended(await shop.buy([['S-1', 1]]));
    expect(Math.abs(Date.parse(String(placedAt)) - Date.now())).toBeLessThan(3_600_000);
  }, 120_000);

  it('can be a backup that was made while it ran, and is not renamed meanwhile', async () => {
    const engine = await engines.start({ directory });
    const renaming = engines.cliOver(directory, 'restored');
    expect([await renaming.end(60), renaming.stderr]).toEqual([1, expect.stringContaining('stop the engine first')]);
    const [log, keys] = [join(backup, 'log'), join(backup, 'keys')];
    await command(engines, directory, 'backup', log, '--keys', keys);
    const over = engines.cliOver(directory, 'backup', log, '--keys', keys);
    expect([await over.end(60), over.stderr]).toEqual([1, expect.stringContaining('is there already')]);
    expect(await engine.stop()).toBe(0);
    const elsewhere = engines.directory();
    cpSync(log, elsewhere, { recursive: true });
    cpSync(keys, elsewhere, { recursive: true });
    await command(engines, elsewhere, 'restored');
    const shop = new Shop(await engines.start({ directory: elsewhere }));
    await shop.caughtUp();
    const emails = (await shop.orders()).map(({ email }) => email);
    expect(emails.toSorted()).toEqual(['ada@example.com', 'ada@example.com', NEW_EMAIL]);
  }, 120_000);
});
