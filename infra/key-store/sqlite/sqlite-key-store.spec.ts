import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { mock } from 'node:test';
import Database from 'better-sqlite3';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { KeyStoreUnavailableError } from '../errors.js';
import type { KeyStore } from '../key-store.js';
import { keyStoreContract } from '../key-store.contract.js';
import { openSqliteKeyStore } from './sqlite-key-store.js';
import type { SqliteKeyStoreOptions } from './sqlite-key-store.js';
import { until } from '../../test-support/until.js';

const secret = Buffer.from('a secret for the test');

describe('SQLite key store', () => {
  let directory: string;
  let opened: KeyStore[];

  const open = async (options: Partial<SqliteKeyStoreOptions> = {}): Promise<KeyStore> => {
    const store = await openSqliteKeyStore({ directory, secret, ...options });
    opened.push(store);
    return store;
  };
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'keys-'));
    opened = [];
  });
  afterEach(async () => {
    await closeAll();
    rmSync(directory, { recursive: true });
  });

  describe('as any key store', () => {
    keyStoreContract(async () => ({ store: await open(), openAnother: () => open(), close: closeAll }));
  });

  const path = (): string => join(directory, 'keys.db');
  const everyByte = (): Buffer =>
    Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));

  it('keeps persons and keys over a restart', async () => {
    const store = await open();
    const ada = await store.personFor('ada@example.org');
    const key = await store.keyOf(ada);
    await closeAll();
    const again = await open();
    expect(await again.keyOf(ada)).toEqual(key);
    expect(await again.personFor('Ada@example.org')).toBe(ada);
  });

  it('holds no address, and lets nobody but its owner read the file', async () => {
    await (await open()).personFor('ada@example.org');
    expect(everyByte().includes('ada@example.org')).toBe(false);
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
  });

  it('writes persons who come while others are being written in one transaction, not one each', async () => {
    const store = await open();
    const posted = mock.method(Worker.prototype, 'postMessage');
    await Promise.all(Array.from({ length: 400 }, (_, index) => store.personFor(`buyer-${index}@example.org`)));
    expect(posted.mock.callCount()).toBe(2);
    posted.mock.restore();
  });

  it('does not trouble the writer with a person whom it knows', async () => {
    const store = await open();
    const ada = await store.personFor('ada@example.org');
    const posted = mock.method(Worker.prototype, 'postMessage');
    expect(await store.personFor('ada@example.org')).toBe(ada);
    expect(posted.mock.callCount()).toBe(0);
    posted.mock.restore();
  });

  it('notices soon when another process forgets somebody whose key it had remembered', async () => {
    const [store, other] = [await open(), await open()];
    const ada = await store.personFor('ada@example.org');
    expect(await store.keyOf(ada)).not.toBeNull();
    await other.forget(ada);
    await until(async () => (await store.keyOf(ada)) === null);
    expect(await store.personFor('ada@example.org')).not.toBe(ada);
  });

  /** As it stands in the file. */
  const storedKey = (personId: string): Buffer => {
    const db = new Database(path(), { readonly: true });
    const key = db.prepare<[string], Buffer>('SELECT key FROM persons WHERE person_id = ?').pluck().get(personId);
    db.close();
    return key ?? Buffer.alloc(1);
  };

  it('holds no key as it is: a copy of the file opens nothing without the secret', async () => {
    const store = await open();
    const ada = await store.personFor('ada@example.org');
    expect(everyByte().includes(Buffer.from((await store.keyOf(ada)) ?? []))).toBe(false);
    expect(storedKey(ada)).toHaveLength(61);
  });

  it('wraps the keys that the first builds stored as they are, and leaves no byte of them', async () => {
    const store = await open();
    const ada = await store.personFor('ada@example.org');
    await closeAll();
    const old = new Database(path());
    const plain = randomBytes(32);
    old.prepare('UPDATE persons SET key = ? WHERE person_id = ?').run(plain, ada);
    old.pragma('user_version = 1');
    old.close();
    const again = await open();
    expect(Buffer.from((await again.keyOf(ada)) ?? [])).toEqual(plain);
    expect(storedKey(ada)).toHaveLength(61);
    expect(everyByte().includes(plain)).toBe(false);
  });

  it('notices a key that was moved from another person', async () => {
    const store = await open();
    const [ada, eve] = [await store.personFor('ada@example.org'), await store.personFor('eve@example.org')];
    await closeAll();
    const file = new Database(path());
    file.prepare('UPDATE persons SET key = ? WHERE person_id = ?').run(storedKey(eve), ada);
    file.close();
    await expect((await open()).keyOf(ada)).rejects.toThrow('moved from another person');
  });

  it('leaves no byte of a forgotten key on disk, neither in the file nor in its write-ahead log', async () => {
    const store = await open();
    const persons: string[] = [];
    for (let index = 0; index < 200; index += 1) persons.push(await store.personFor(`buyer-${index}@example.org`));
    const keyBytes = persons.map((personId) => storedKey(personId));
    const isOnDisk = (index: number): boolean => everyByte().includes(keyBytes[index] ?? Buffer.alloc(1));
    expect(isOnDisk(0)).toBe(true);
    await Promise.all(persons.filter((_, index) => index % 2 === 0).map((personId) => store.forget(personId)));
    await until(async () => !isOnDisk(0));
    persons.forEach((personId, index) => {
      expect(isOnDisk(index)).toBe(index % 2 === 1);
      if (index % 2 === 0) expect(everyByte().includes(personId)).toBe(false);
    });
  });

  it('knows everybody but makes and forgets nobody when it is opened for reading alone', async () => {
    const store = await open();
    const reader = await open({ access: 'read-only' });
    const ada = await store.personFor('ada@example.org');
    expect(await reader.personFor('ada@example.org')).toBe(ada);
    expect(await reader.keyOf(ada)).toEqual(await store.keyOf(ada));
    await expect(reader.personFor('cb@example.org')).rejects.toThrow(KeyStoreUnavailableError);
    await expect(reader.forget(ada)).rejects.toThrow(KeyStoreUnavailableError);
    await expect(reader.ping()).resolves.toBeUndefined();
    await store.forget(ada);
    await until(async () => (await reader.keyOf(ada)) === null);
  });

  it('takes nothing more after it was closed', async () => {
    const store = await openSqliteKeyStore({ directory, secret });
    const ada = store.personFor('ada@example.org');
    await store.close();
    expect(await ada).toMatch(/^[0-9a-f-]{36}$/);
    await expect(store.forget(await ada)).rejects.toThrow(KeyStoreUnavailableError);
    await expect(store.ping()).rejects.toThrow(KeyStoreUnavailableError);
  });

  describe('refuses to start on', () => {
    const refusal = async (options?: Partial<SqliteKeyStoreOptions>): Promise<string> => {
      const error: unknown = await open(options).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StoreRefusedError);
      return String(error);
    };
    const made = async (persons: number): Promise<void> => {
      const store = await open();
      await Promise.all(Array.from({ length: persons }, (_, index) => store.personFor(`buyer-${index}@example.org`)));
      await closeAll();
    };

    it('a file that is no SQLite file', async () => {
      writeFileSync(path(), 'these are my own notes, thank you');
      expect(await refusal()).toContain('not a SQLite file');
      expect(readFileSync(path(), 'utf8')).toContain('my own notes');
    });

    it('a SQLite file of something else', async () => {
      const db = new Database(path());
      db.exec('CREATE TABLE notes (text TEXT)');
      db.close();
      expect(await refusal()).toContain('not made by this engine');
    });

    it('a file of a newer version', async () => {
      await made(1);
      const db = new Database(path());
      db.pragma('user_version = 99');
      db.close();
      expect(await refusal()).toContain('upgrade the engine');
    });

    it('a file with a damaged page', async () => {
      await made(500);
      const bytes = readFileSync(path());
      bytes.fill(0xa5, 4096 * 3, 4096 * 4);
      writeFileSync(path(), bytes);
      expect(await refusal()).toContain('restore the whole data directory from a backup');
    });

    it('a file cut short', async () => {
      await made(500);
      truncateSync(path(), 4096 * 4);
      expect(await refusal()).toContain('restore the whole data directory from a backup');
    });

    it('a write-ahead log whose file is gone', async () => {
      writeFileSync(`${path()}-wal`, 'frames');
      expect(await refusal()).toContain('restore the two together');
    });

    it('another secret, under which it would know nobody', async () => {
      await made(1);
      expect(await refusal({ secret: Buffer.from('another secret') })).toContain('another server secret');
      await expect(open()).resolves.toBeDefined();
    });

    it('reading alone where there is nothing to read', async () => {
      expect(await refusal({ access: 'read-only' })).toContain('keys.db: it cannot be opened');
    });

    it('a directory that is a file', async () => {
      rmSync(directory, { recursive: true });
      writeFileSync(directory, '');
      expect(await refusal()).toContain(directory);
    });
  });
});
