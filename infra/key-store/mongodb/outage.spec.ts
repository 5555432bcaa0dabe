import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { KeyStoreUnavailableError } from '../errors.js';
import {
  MONGODB,
  mongoUrl,
  onRealServers,
  openCuttableWay,
  TOXIPROXY,
  type CuttableWay,
} from '../../test-support/servers/index.js';
import type { KeyStore } from '../key-store.js';
import { openMongoKeyStore } from './index.js';

const ROUNDS = 2;
const A_ROUND = 50;

await onRealServers([MONGODB, TOXIPROXY], ([server = '']) => {
  describe('a key store over a connection that is cut', () => {
    let way: CuttableWay;
    let direct: MongoClient;
    let store: KeyStore;
    let name: string;
    beforeEach(async () => {
      name = `spec-${randomBytes(6).toString('hex')}`;
      way = await openCuttableWay(name, new URL(server).host);
      direct = await new MongoClient(server).connect();
      const url = mongoUrl(server, { host: way.address, database: name });
      store = await openMongoKeyStore({ url, secret: Buffer.from('a secret'), access: 'read-write' });
    });
    afterEach(async () => {
      await way.remove();
      await store.close();
      await direct.db(`${name}-keys`).dropDatabase();
      await direct.close();
    });

    /** Asks for all of them; cuts again and again meanwhile, as the driver repeats once what was cut. */
    async function askFor(addresses: readonly string[], isCut: boolean): Promise<PromiseSettledResult<string>[]> {
      const cutting = { on: isCut };
      const asked = Promise.allSettled(addresses.map((address) => store.personFor(address)));
      void asked.then(() => (cutting.on = false));
      while (cutting.on) await way.cut().then(() => way.mend());
      return asked;
    }

    const personOf = ({ status, ...rest }: PromiseSettledResult<string>): string => {
      if ('value' in rest) return rest.value;
      expect(status).toBe('rejected');
      expect(rest.reason).toBeInstanceOf(KeyStoreUnavailableError);
      return '';
    };

    it('promises everybody once, and nobody who is not there', async () => {
      const promised = new Map<string, Set<string>>();
      let failures = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const addresses = Array.from({ length: A_ROUND }, (_, index) => `buyer-${round}-${index}@example.org`);
        const ask = async (some: readonly string[], isCut: boolean): Promise<string[]> => {
          const persons = (await askFor(some, isCut)).map(personOf);
          for (const [place, address] of some.entries()) {
            const known = promised.get(address) ?? new Set();
            promised.set(address, known.add(persons[place] ?? ''));
          }
          return some.filter((_, place) => persons[place] === '');
        };
        failures += (await ask(addresses, true)).length;
        // The driver takes its time to see that the connection is back.
        for (let left: readonly string[] = addresses; left.length > 0;) left = await ask(left, false);
      }
      expect(failures).toBeGreaterThan(0);
      const made = await direct.db(`${name}-keys`).collection('persons').find().toArray();
      expect(made).toHaveLength(ROUNDS * A_ROUND);
      const all = [...promised.values()].map((persons) => [...persons].filter((person) => person !== ''));
      expect(all.every((persons) => persons.length === 1)).toBe(true);
      expect(new Set(all.flat())).toEqual(new Set(made.map(({ personId }) => String(personId))));
    });

    it('opens nothing with a key that it remembers once it cannot ask whether that was forgotten', async () => {
      const ada = await store.personFor('ada@example.org');
      await way.cut();
      let key = await store.keyOf(ada).catch((error: unknown) => error);
      while (key instanceof Uint8Array) key = await store.keyOf(ada).catch((error: unknown) => error);
      expect(key).toBeInstanceOf(KeyStoreUnavailableError);
      await expect(store.ping()).rejects.toBeInstanceOf(KeyStoreUnavailableError);
    });
  });
});
