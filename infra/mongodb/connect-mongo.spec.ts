import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { StoreRefusedError } from '../shared/store-errors.js';
import { MONGODB, MONGODB_WITH_USERS, mongoUrl, onRealServer } from '../test-support/servers/index.js';
import { closeClient, connectMongo } from './index.js';

class AwayError extends Error {}

const connect = (url: string, access: 'read-write' | 'read-only' = 'read-write', patienceMs = 0) =>
  connectMongo({ url, access, patienceMs, unavailable: (message, cause) => new AwayError(message, cause) });

await onRealServer(MONGODB, (url) => {
  it('names the file of the URL that cannot be read', async () => {
    const refused = connect(mongoUrl(url, { parameters: { tls: 'true', tlsCAFile: '/nowhere/ca.pem' } }));
    await expect(refused).rejects.toBeInstanceOf(StoreRefusedError);
    await expect(refused).rejects.toThrow('names the file /nowhere/ca.pem, which cannot be read (ENOENT)');
  });
});

await onRealServer(MONGODB_WITH_USERS, (url) => {
  const suffix = randomBytes(4).toString('hex');
  const database = `spec-${suffix}`;
  const made: string[] = [];
  let admin: MongoClient;
  beforeAll(async () => {
    admin = await new MongoClient(url).connect();
  });
  afterAll(async () => {
    for (const name of made) await admin.db('admin').command({ dropUser: name });
    await admin.db(database).dropDatabase();
    await admin.close();
  });

  /** The URL of a new user with this role on the database. */
  async function userWith(role: 'read' | 'readWrite' | null): Promise<string> {
    const name = `spec-${randomBytes(4).toString('hex')}`;
    made.push(name);
    const roles = role === null ? [] : [{ role, db: database }];
    await admin.db('admin').command({ createUser: name, pwd: 'a password', roles });
    return mongoUrl(url, { user: { name, password: 'a password' }, database });
  }

  it.each([
    [null, 'read-only', /may not read in database spec-.*: grant the role read on spec-/],
    [null, 'read-write', /may not read in database spec-.*: grant the role readWrite on spec-/],
    ['read', 'read-write', /may not create indexes in database spec-.*: grant the role readWrite on spec-/],
  ] as const)(
    'refuses a user with the role %s who wants %s, and says what is to be granted',
    async (role, access, said) => {
      const refused = connect(await userWith(role), access, 60_000);
      await expect(refused).rejects.toBeInstanceOf(StoreRefusedError);
      await expect(refused).rejects.toThrow(said);
    },
  );

  it.each([
    ['read', 'read-only'],
    ['readWrite', 'read-write'],
  ] as const)('lets a user with the role %s in who wants %s', async (role, access) => {
    const { client } = await connect(await userWith(role), access);
    await closeClient(client);
  });

  it('refuses a password that is wrong', async () => {
    const refused = connect(
      mongoUrl(url, { user: { name: 'tester', password: 'not-this-one' } }),
      'read-write',
      60_000,
    );
    await expect(refused).rejects.toThrow(/refuses the user or the password of the URL/);
  });

  it('refuses a URL without a user, and says that one is wanted', async () => {
    const nobody = Object.assign(new URL(mongoUrl(url, { database })), { username: '', password: '' });
    nobody.searchParams.delete('authSource');
    const refused = connect(nobody.href, 'read-write', 60_000);
    await expect(refused).rejects.toBeInstanceOf(StoreRefusedError);
    await expect(refused).rejects.toThrow(/wants a user and the URL names none: .* the role readWrite on spec-/);
  });

  it('says in which database it asks for the user where the URL names no authSource', async () => {
    const inPath = new URL(mongoUrl(url, { database: 'cartwright' }));
    inPath.searchParams.delete('authSource');
    await expect(connect(inPath.href, 'read-write', 60_000)).rejects.toThrow(
      /asked for in its database cartwright; authSource=/,
    );
  });

  const isOfSet = new URL(url).searchParams.has('replicaSet');
  (isOfSet ? it : it.skip)('names the replica set that the server is of where the URL has another', async () => {
    const refused = connect(mongoUrl(url, { parameters: { replicaSet: 'another' } }));
    await expect(refused).rejects.toBeInstanceOf(StoreRefusedError);
    const name = new URL(url).searchParams.get('replicaSet');
    await expect(refused).rejects.toThrow(`is of the replica set ${name}, not of another as the URL says`);
  });
});
