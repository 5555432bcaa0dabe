import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { KeyStoreUnavailableError } from '../errors.js';
import { isMongoHeartbeat, MONGODB, mongoUrl, onRealServer, SilentWay } from '../../test-support/servers/index.js';
import type { KeyStore } from '../key-store.js';
import { openMongoKeyStore } from './index.js';

await onRealServer(MONGODB, (server) => {
  describe('a key store whose connections are forgotten on the way while heartbeats go on', () => {
    let way: SilentWay;
    let store: KeyStore;
    let name: string;
    beforeEach(async () => {
      name = `spec-${randomBytes(6).toString('hex')}`;
      way = await SilentWay.to(new URL(server).host, isMongoHeartbeat);
      const url = mongoUrl(server, { host: way.address, database: name });
      store = await openMongoKeyStore({ url, secret: Buffer.from('a secret'), access: 'read-write' });
    });
    afterEach(async () => {
      await store.close();
      await way.close();
      const direct = await new MongoClient(server).connect();
      await direct.db(`${name}-keys`).dropDatabase();
      await direct.close();
    });

    const isAway = (error: unknown): null => {
      expect(error).toBeInstanceOf(KeyStoreUnavailableError);
      return null;
    };
    const silence = (): void => expect(way.silence()).toBeGreaterThan(0);

    it('ends every wait, and goes on over new connections', async () => {
      const ada = await store.personFor('ada@example.org');
      await Promise.all(Array.from({ length: 8 }, (_, index) => store.personFor(`buyer-${index}@example.org`)));
      silence();
      let again = await store.personFor('ada@example.org').catch(isAway);
      while (again === null) again = await store.personFor('ada@example.org').catch(isAway);
      expect(again).toBe(ada);
      expect(await store.keyOf(ada)).toHaveLength(32);
      expect(await store.personFor('charles@example.org')).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('is closed while it waits for an answer that does not come', async () => {
      await store.personFor('ada@example.org');
      silence();
      const asked = store.personFor('charles@example.org').catch(isAway);
      await store.close();
      expect(await asked).toBeNull();
    });
  });
});
