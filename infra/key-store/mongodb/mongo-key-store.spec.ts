import { randomBytes } from 'node:crypto';
import { MongoClient, type Db } from 'mongodb';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { KeyStoreUnavailableError } from '../errors.js';
import { MONGODB, mongoUrl, onRealServer } from '../../test-support/servers/index.js';
import type { KeyStore } from '../key-store.js';
import { keyStoreContract } from '../key-store.contract.js';
import { openMongoKeyStore, type MongoKeyStoreOptions } from './index.js';
import { until } from '../../test-support/until.js';

const secret = Buffer.from('a secret for the test');

await onRealServer(MONGODB, (server) => {
  let client: MongoClient;
  let db: Db;
  let url: string;
  let opened: KeyStore[];

  const open = async (options: Partial<MongoKeyStoreOptions> = {}): Promise<KeyStore> => {
    const store = await openMongoKeyStore({ url, secret, access: 'read-write', ...options });
    opened.push(store);
    return store;
  };
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  };

  beforeEach(async () => {
    const name = `spec-${randomBytes(6).toString('hex')}`;
    url = mongoUrl(server, { database: name });
    client = await new MongoClient(server).connect();
    db = client.db(`${name}-keys`);
    opened = [];
  });
  afterEach(async () => {
    await closeAll();
    await db.dropDatabase();
    await client.close();
  });

  describe('as any key store', () => {
    keyStoreContract(async () => ({ store: await open(), openAnother: () => open(), close: closeAll }));
  });

  it('keeps persons and keys over a restart, and holds no address', async () => {
    const store = await open();
    const ada = await store.personFor('ada@example.org');
    const key = await store.keyOf(ada);
    await closeAll();
    const again = await open();
    expect(await again.keyOf(ada)).toEqual(key);
    expect(await again.personFor('Ada@example.org')).toBe(ada);
    expect(JSON.stringify(await db.collection('persons').find().toArray())).not.toContain('ada@');
  });

  it('asks the server nothing about a person whom it knows, but for whether anybody was forgotten', async () => {
    const store = await open();
    const ada = await store.personFor('ada@example.org');
    await db.collection('persons').deleteMany({});
    expect(await store.personFor('ada@example.org')).toBe(ada);
    expect(await store.keyOf(ada)).not.toBeNull();
  });

  it('notices soon when another process forgets somebody whose key it had remembered', async () => {
    const [store, other] = [await open(), await open()];
    const ada = await store.personFor('ada@example.org');
    expect(await store.keyOf(ada)).not.toBeNull();
    await other.forget(ada);
    await until(async () => (await store.keyOf(ada)) === null);
    expect(await store.personFor('ada@example.org')).not.toBe(ada);
    expect(await db.collection('persons').countDocuments({ personId: ada })).toBe(0);
  });

  it('makes one person of an address that many processes see at once', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => open()));
    const addresses = Array.from({ length: 40 }, (_, index) => `buyer-${index}@example.org`);
    const seen = await Promise.all(
      stores.map((store) => Promise.all(addresses.map((address) => store.personFor(address)))),
    );
    for (const persons of seen) expect(persons).toEqual(seen[0]);
    expect(await db.collection('persons').countDocuments()).toBe(addresses.length);
    const keys = await Promise.all(stores.map((store) => store.keyOf(seen[0]?.[0] ?? '')));
    for (const key of keys) expect(key).toEqual(keys[0]);
  });

  it('knows everybody but makes and forgets nobody when it is opened for reading alone', async () => {
    const [reader, store] = await Promise.all([open({ access: 'read-only' }), open()]);
    const ada = await store.personFor('ada@example.org');
    expect(await reader.personFor('ada@example.org')).toBe(ada);
    expect(await reader.keyOf(ada)).toEqual(await store.keyOf(ada));
    await expect(reader.personFor('cb@example.org')).rejects.toThrow(KeyStoreUnavailableError);
    await expect(reader.forget(ada)).rejects.toThrow(KeyStoreUnavailableError);
    expect(await db.collection('persons').countDocuments()).toBe(1);
    await store.forget(ada);
    await until(async () => (await reader.keyOf(ada)) === null);
  });

  it('answers what was asked before it was closed, and takes nothing more', async () => {
    const store = await open();
    const ada = store.personFor('ada@example.org');
    await store.close();
    expect(await ada).toMatch(/^[0-9a-f-]{36}$/);
    await expect(store.forget(await ada)).rejects.toThrow(KeyStoreUnavailableError);
    await expect(store.ping()).rejects.toThrow(KeyStoreUnavailableError);
  });

  it('refuses another secret, under which it would know nobody', async () => {
    await open();
    const refused = open({ secret: Buffer.from('another secret') });
    await expect(refused).rejects.toThrow(/-keys at .* was made under another server secret/);
    await expect(open()).resolves.toBeDefined();
  });

  it('refuses keys of another version, and reading alone where nobody comes who writes', async () => {
    const reading = open({ access: 'read-only', patienceMs: 0 });
    await expect(reading).rejects.toThrow(/holds no keys/);
    await open();
    await db.collection('store').updateOne({}, { $set: { layout: 99 } });
    await expect(open()).rejects.toBeInstanceOf(StoreRefusedError);
  });
});

describe('opening a key store in MongoDB', () => {
  const open = (url: string) => openMongoKeyStore({ url, secret, access: 'read-write', patienceMs: 0 });

  it('tells which host does not answer, without the password of the URL', async () => {
    const refused = open('mongodb://ada:hunter2@127.0.0.1:1/?serverSelectionTimeoutMS=50');
    await expect(refused).rejects.toBeInstanceOf(KeyStoreUnavailableError);
    const message = await refused.catch(String);
    expect(message).toContain('127.0.0.1:1');
    expect(message).not.toContain('hunter2');
  });

  it('refuses a URL that is none without quoting it', async () => {
    const refused = open('mongodb://ada:hunter2@');
    await expect(refused).rejects.toBeInstanceOf(StoreRefusedError);
    expect(await refused.catch(String)).not.toContain('hunter2');
  });
});
