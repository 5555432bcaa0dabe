import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ELASTICSEARCH, MONGODB, mongoUrl, NATS, onRealServers } from '../../test-support/servers/index.js';
import { freshServers, settingsFor, type FreshServers, type ServerUrls } from '../test-support/fresh-servers.js';
import {
  booksBalance,
  expectStatus,
  openNatsTlsWay,
  openTlsWay,
  selfSignedCertificate,
  Shop,
  until,
  useEngines,
  type Certificate,
  type Child,
  type TlsWay,
} from '../test-support/index.js';

const certificate = selfSignedCertificate();
const hostOf = (url: string): string => new URL(url).host;

await onRealServers([MONGODB, ELASTICSEARCH, NATS], ([readStore = '', search = '', bus = '']) => {
  describe('engines that are reached by TLS alone', () => {
    const engines = useEngines();
    let servers: FreshServers;
    let ways: readonly TlsWay[];
    let byTls: ServerUrls;

    beforeAll(async () => {
      servers = await freshServers(readStore, search, bus);
      const { urls } = servers;
      ways = await Promise.all([
        ...[urls.eventStore, urls.readStore, urls.search].map((url) => openTlsWay(hostOf(url), certificate)),
        openNatsTlsWay(hostOf(urls.bus), certificate),
      ]);
      const [log, documents, index, messages] = ways.map(({ address }) => address);
      byTls = {
        eventStore: `esdb://${log}?tls=true`,
        readStore: mongoUrl(urls.readStore, { host: documents ?? '', parameters: { tls: 'true' } }),
        search: urls.search.replace(/^http:\/\/[^/]+/, `https://${index}`),
        bus: urls.bus.replace(/^nats:\/\/[^/]+/, `tls://${messages}`),
      };
    });
    afterAll(async () => {
      await Promise.all(ways.map((way) => way.close()));
      await servers.dispose();
    });

    const writtenDown = ({ cert }: Certificate): string => {
      const file = join(engines.directory(), 'ca.pem');
      writeFileSync(file, cert);
      return file;
    };

    it('serve where their authority is trusted', async () => {
      const NODE_EXTRA_CA_CERTS = writtenDown(certificate);
      const engine = await engines.start({ env: { ...settingsFor(byTls), NODE_EXTRA_CA_CERTS } });
      const shop = new Shop(engine);
      await shop.product({ sku: 'S-1', stock: 5 });
      expect((await shop.ended(await shop.buy([['S-1', 1]]))).status).toBe('confirmed');
      await booksBalance(shop, new Map([['S-1', 5]]));
      const found = await shop.http.call('GET', '/v1/products?q=thing');
      expect(expectStatus(found, 200).json).toMatchObject({ items: [{ sku: 'S-1' }] });
      await until('the engine is ready, its bus included', async () => {
        const { status, json } = await shop.http.call('GET', '/readyz');
        return status === 200 && Object.values(json['checks'] as object).every((check) => check === 'ok');
      });
    }, 90_000);

    const says = (engine: Child, ...texts: readonly string[]): Promise<void> =>
      until(`the engine says ${texts.join(', ')}`, () =>
        engine.output.split('\n').some((line) => texts.every((text) => line.includes(text))),
      );

    it.each<[keyof ServerUrls, string]>([
      ['eventStore', 'EVENT_STORE_URL'],
      ['readStore', 'READ_STORE_URL'],
      ['search', 'SEARCH_URL'],
    ])(
      'are waited for, and the log says why, where it is not: %s',
      async (name, variable) => {
        const engine = engines.launch({ directory: engines.directory(), env: { [variable]: byTls[name] } });
        await says(engine, 'a store is away: waiting for it', 'self-signed certificate');
        expect(engine.output).not.toContain('Cartwright is at');
      },
      90_000,
    );

    it('are told by the log where it is not: the bus', async () => {
      const engine = engines.launch({ directory: engines.directory(), env: { BUS_URL: byTls.bus } });
      await says(engine, 'message-bus is away', 'self-signed certificate');
    }, 90_000);

    it("are no EventStoreDB's where GRPC_DEFAULT_SSL_ROOTS_FILE_PATH names other authorities", async () => {
      const [NODE_EXTRA_CA_CERTS = '', GRPC_DEFAULT_SSL_ROOTS_FILE_PATH = ''] = [
        certificate,
        selfSignedCertificate(),
      ].map(writtenDown);
      const env = { EVENT_STORE_URL: byTls.eventStore, NODE_EXTRA_CA_CERTS, GRPC_DEFAULT_SSL_ROOTS_FILE_PATH };
      const engine = engines.launch({ directory: engines.directory(), env });
      await says(engine, 'a store is away: waiting for it', 'certificate');
    }, 90_000);
  });
});
