import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { embeddedOnly, HttpClient, Shop, useEngines, type EngineProcess, type Engines } from '../test-support/index.js';

/** A shop that has sold something, stopped. */
async function soldShop(engines: Engines, directory: string): Promise<EngineProcess> {
  const engine = await engines.start({ directory });
  await new Shop(engine).product({ sku: 'S-1', stock: 10 });
  await sellOne(engine);
  expect(await engine.stop()).toBe(0);
  return engine;
}

async function sellOne(engine: EngineProcess): Promise<void> {
  const shop = new Shop(engine);
  await shop.ended(await shop.buy([['S-1', 1]]));
  await shop.caughtUp();
}

/** What every file holds; an empty write-ahead log and its index hold nothing. */
function hashes(directory: string): Readonly<Record<string, string>> {
  const files = readdirSync(directory)
    .filter((name) => !name.endsWith('-shm'))
    .map((name) => [name, readFileSync(join(directory, name))] as const)
    .filter(([name, content]) => !name.endsWith('-wal') || content.length > 0);
  return Object.fromEntries(files.map(([name, content]) => [name, createHash('sha256').update(content).digest('hex')]));
}

type Settings = Readonly<Record<string, string>>;

/** What the engine says when it does not start. */
async function refused(engines: Engines, directory: string, env: Settings): Promise<string> {
  const before = hashes(directory);
  const child = engines.launch({ directory, env: { LOG_LEVEL: 'silent', ...env } });
  expect([await child.end(40), child.stdout]).toEqual([1, '']);
  expect(child.stderr).toMatch(/^cannot start: /);
  expect(child.stderr).not.toMatch(/\n\s+at /);
  expect(hashes(directory)).toEqual(before);
  return child.stderr;
}

const { describe: describeOnFiles } = embeddedOnly('what stands in the files of a data directory');

describeOnFiles('a start is refused with what to do, and nothing is overwritten,', () => {
  const engines = useEngines();
  let template: string;
  let foreign: string;
  /** The shop of the template when it had sold once more. */
  let later: string;
  let directory: string;

  beforeAll(async () => {
    template = mkdtempSync(join(tmpdir(), 'cartwright-sold-'));
    foreign = mkdtempSync(join(tmpdir(), 'cartwright-foreign-'));
    later = mkdtempSync(join(tmpdir(), 'cartwright-later-'));
    const [engine] = await Promise.all([soldShop(engines, later), soldShop(engines, foreign)]);
    cpSync(later, template, { recursive: true });
    await engine.start();
    await sellOne(engine);
    expect(await engine.stop()).toBe(0);
  }, 240_000);
  beforeEach(() => {
    directory = engines.directory();
    cpSync(template, directory, { recursive: true });
  });
  afterAll(() => {
    for (const made of [template, foreign, later]) rmSync(made, { recursive: true, force: true });
  });

  const file = (name: string): string => join(directory, name);

  const refusalOf = (env: Settings = {}): Promise<string> => refused(engines, directory, env);

  it('where the log is corrupt', async () => {
    const log = readFileSync(file('events.db'));
    log.fill(0xa5, 4096);
    writeFileSync(file('events.db'), log);
    expect(await refusalOf()).toMatch(/events\.db: .*restore the whole data directory from a backup/);
  }, 60_000);

  it('where the log is only the first half of a copy', async () => {
    truncateSync(file('events.db'), Math.floor(readFileSync(file('events.db')).length / 2));
    expect(await refusalOf()).toMatch(/events\.db: .*restore the whole data directory from a backup/);
  }, 60_000);

  it('where events.db is a text', async () => {
    writeFileSync(file('events.db'), 'Dear diary, today I was put in the wrong folder.\n'.repeat(200));
    expect(await refusalOf()).toMatch(/events\.db: it is not a SQLite file; move it away/);
  }, 60_000);

  it("where events.db is another program's", async () => {
    rmSync(file('events.db'));
    const other = new Database(file('events.db'));
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    expect(await refusalOf()).toMatch(/events\.db: it was not made by this engine; choose another data directory/);
  }, 60_000);

  it.each([
    ['read.db', /read model \S+ was made from another log; rebuild it/],
    ['processes.db', /sagas' cursor belongs to log .*put back the data that belongs together, or run /],
  ])(
    'where %s was folded from another log',
    async (name, advice) => {
      cpSync(join(foreign, name), file(name));
      expect(await refusalOf()).toMatch(advice);
    },
    60_000,
  );

  it.each([
    ['read.db', /read model \S+ is ahead of the log, which was put back .*cli -- restored/],
    ['processes.db', /sagas' cursor is at \d+, past the end of the log at \d+, which was put back .*cli -- restored/],
  ])(
    'where %s knows more than a log that was restored from an older backup',
    async (name, advice) => {
      cpSync(join(later, name), file(name));
      expect(await refusalOf()).toMatch(advice);
    },
    60_000,
  );

  it('where the keys of personal data were made under another SERVER_SECRET', async () => {
    expect(await refusalOf({ SERVER_SECRET: 'quite another secret of this server' })).toMatch(
      /keys\.db: it was made under another server secret.*start with that secret/,
    );
  }, 60_000);
});

describe('a start is refused with what to do, wherever the stores are,', () => {
  const engines = useEngines();
  let template: string;
  let directory: string;
  beforeAll(async () => {
    template = mkdtempSync(join(tmpdir(), 'cartwright-sold-'));
    await soldShop(engines, template);
  }, 60_000);
  beforeEach(() => {
    directory = engines.directory();
    cpSync(template, directory, { recursive: true });
  });
  afterAll(() => rmSync(template, { recursive: true, force: true }));
  const refusalOf = (env: Settings): Promise<string> => refused(engines, directory, env);

  it('where another program has the port', async () => {
    const { url } = await engines.start();
    const { port } = new URL(url);
    expect(await refusalOf({ PORT: port })).toMatch(
      new RegExp(`127.0.0.1:${port} .*stop that program or set another PORT`),
    );
    expect((await new HttpClient({ url }).call('GET', '/healthz')).status).toBe(200);
  }, 60_000);

  it('where others can reach it and it has no secret of its own', async () => {
    expect(await refusalOf({ HOST: '0.0.0.0', AUTH_SECRET: '' })).toMatch(/AUTH_SECRET or AUTH_JWKS_URL has to be set/);
  }, 60_000);

  it('where the environment is wrong, all mistakes at once', async () => {
    const said = await refusalOf({
      PORT: 'abc',
      ROLES: 'write-side,cashier',
      LOG_LEVEL: 'loud',
      EVENT_STORE_URL: 'pg:x',
    });
    for (const name of ['PORT', 'ROLES', 'LOG_LEVEL', 'EVENT_STORE_URL']) expect(said).toContain(name);
  }, 60_000);
});
