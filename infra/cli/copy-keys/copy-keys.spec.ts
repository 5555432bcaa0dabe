import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { temporaryDirectories } from '../../event-store/test-support/index.js';
import type { KeyStore } from '../../key-store/index.js';
import { MONGODB, onRealServer } from '../../test-support/servers/index.js';
import { openKeyStore, openKeyTransfer } from '../../app/adapters.js';
import { copyKeys } from './copy-keys.js';

const newDirectory = temporaryDirectories();
const newUrl = (): string => `sqlite:${newDirectory()}`;
const secret = Buffer.from('a secret for the test');

async function copy(from: string, to: string): Promise<string> {
  const source = await openKeyTransfer({ url: from, secret, access: 'read-only' });
  const target = await openKeyTransfer({ url: to, secret, access: 'read-write' });
  const said: string[] = [];
  try {
    await copyKeys({ source, target }, (line) => said.push(line));
  } finally {
    await target.close();
    await source.close();
  }
  return said.join('\n');
}

async function inStore<Result>(url: string, work: (store: KeyStore) => Promise<Result>): Promise<Result> {
  const store = await openKeyStore({ url, secret, access: 'read-write' });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const addresses = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `buyer-${index}@example.org`);

const makePersons = (url: string, count: number): Promise<string[]> =>
  inStore(url, (store) => Promise.all(addresses(count).map((address) => store.personFor(address))));

/** Person and key of each address. */
const known = (url: string, count: number): Promise<unknown[]> =>
  inStore(url, (store) =>
    Promise.all(
      addresses(count).map(async (address) => {
        const personId = await store.personFor(address);
        return { personId, key: Buffer.from((await store.keyOf(personId)) ?? '').toString('hex') };
      }),
    ),
  );

describe('copying keys', () => {
  it('has every address known as the same person with the same key, and may be done again', async () => {
    const [from, to] = [newUrl(), newUrl()];
    await makePersons(from, 2_500);
    expect(await copy(from, to)).toBe('2500 persons have the same keys in both');
    expect(await known(to, 2_500)).toEqual(await known(from, 2_500));
    expect(await copy(from, to)).toBe('2500 persons have the same keys in both');
  });

  it('refuses a store that knows an address as somebody else, and adds nothing', async () => {
    const [from, to] = [newUrl(), newUrl()];
    await makePersons(from, 3);
    await makePersons(to, 1);
    await expect(copy(from, to)).rejects.toThrow('TO has another key for the address of person');
    const target = await openKeyTransfer({ url: to, secret, access: 'read-only' });
    expect(await target.count()).toBe(1);
    await target.close();
  });

  it('tells of keys that outlive a forgetting', async () => {
    const [from, to] = [newUrl(), newUrl()];
    const [personId = ''] = await makePersons(from, 3);
    await copy(from, to);
    await inStore(from, (store) => store.forget(personId));
    await expect(copy(from, to)).rejects.toThrow('TO holds keys of 1 persons whom FROM does not know');
  });
});

await onRealServer(MONGODB, (server) => {
  it('moves keys into MongoDB and back', async () => {
    const url = new URL(server);
    const name = `spec-${randomBytes(6).toString('hex')}`;
    url.pathname = name;
    const [home, away, back] = [newUrl(), url.href, newUrl()];
    await makePersons(home, 1_200);
    await copy(home, away);
    await copy(away, back);
    expect(await known(away, 1_200)).toEqual(await known(home, 1_200));
    expect(await known(back, 1_200)).toEqual(await known(home, 1_200));
    const client = await new MongoClient(server).connect();
    await client.db(`${name}-keys`).dropDatabase();
    await client.close();
  });
});
