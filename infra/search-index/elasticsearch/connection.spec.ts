import { type Position, positionOfNumber } from '../../shared/position.js';
import { SearchIndexUnavailableError, type SearchIndex } from '../search-index.js';
import { BUILD, product, query, written } from '../test-support/sample-products.js';
import { openElasticsearchIndex } from './index.js';
import { startScriptedServer, type ScriptedAnswer, type ScriptedRequest } from './test-support/scripted-server.js';

const SECRET = 'h%40rd-to-guess';
const BULK = /_bulk/;

describe('a search index in Elasticsearch', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  async function served(answer: (request: ScriptedRequest) => ScriptedAnswer) {
    const server = await startScriptedServer(answer);
    closing.push(() => server.close());
    return server;
  }

  async function opened(host: string, options: { readonly retries?: number } = {}): Promise<SearchIndex> {
    const url = `http://shop:${SECRET}@${host}`;
    const index = await openElasticsearchIndex({ url, access: 'read-write', ...options });
    closing.push(() => index.close());
    return index;
  }

  const bulkItems = (body: string, statusOf: (sku: string) => number) => {
    const ids = body.split('\n').flatMap((line) => /"_id":"p:([^"]+)"/.exec(line)?.[1] ?? []);
    const items = ids.map((sku) => {
      const status = statusOf(sku);
      return { index: status < 300 ? { status } : { status, error: { type: 'scripted', reason: 'as told' } } };
    });
    return { body: { errors: items.some(({ index }) => index.status >= 300), items } };
  };

  const isWrite = ({ line }: ScriptedRequest): boolean => BULK.test(line);

  it('sends user and password, or an API key', async () => {
    const { host, requests } = await served(() => ({ body: {} }));
    await opened(host);
    const keyed = await openElasticsearchIndex({ url: `http://${host}`, apiKey: 'a-key', access: 'read-only' });
    closing.push(() => keyed.close());
    const basic = Buffer.from('shop:h@rd-to-guess').toString('base64');
    expect(requests.map(({ authorization }) => authorization)).toEqual([`Basic ${basic}`, 'ApiKey a-key']);
  });

  it('waits for a server that is away when it is opened', async () => {
    let asked = 0;
    const { host } = await served(() => ({ status: (asked += 1) < 6 ? 503 : 200, body: {} }));
    await opened(host);
    expect(asked).toBe(6);
  });

  it('that does not come is unavailable, and the message has its host without credentials', async () => {
    const { host, close } = await startScriptedServer(() => ({ body: {} }));
    await close();
    const url = `http://shop:${SECRET}@${host}`;
    const opening = openElasticsearchIndex({ url, access: 'read-only', waitAtOpenMs: 300, retries: 0 });
    const error: unknown = await opening.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SearchIndexUnavailableError);
    expect(String(error)).toContain(host);
    expect(String(error)).not.toMatch(/shop|guess/);
  });

  it('that goes is unavailable', async () => {
    const { host, close } = await startScriptedServer(() => ({ body: {} }));
    const index = await opened(host, { retries: 0 });
    await close();
    await expect(index.search(query('soap'))).rejects.toBeInstanceOf(SearchIndexUnavailableError);
    await expect(index.apply(BUILD, [written(product('a', 'Soap'), 1)])).rejects.toThrow(host);
  });

  it('that does not answer any more is unavailable in time, whatever is asked, and keeps nobody who closes', async () => {
    let isSilent = false;
    const { host } = await served(() => ({ body: {}, isSilent }));
    const index = await openElasticsearchIndex({ url: `http://${host}`, access: 'read-only', answerMs: 100 });
    isSilent = true;
    const asked = [
      index.search(query('soap')),
      index.suggest('so', 5),
      index.checkpoint(),
      index.builds(),
      index.ping(),
    ];
    for (const answer of await Promise.allSettled(asked)) {
      expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(SearchIndexUnavailableError) as unknown });
      expect(String((answer as PromiseRejectedResult).reason)).toContain(`${host} does not answer in time`);
    }
    await index.close();
  });

  it('that refuses the credentials is not asked again', async () => {
    const { host, requests } = await served(() => ({ status: 401, body: { error: { type: 'security_exception' } } }));
    await expect(opened(host)).rejects.toBeInstanceOf(SearchIndexUnavailableError);
    expect(requests).toHaveLength(1);
  });

  it.each([429, 502, 503, 504])('that answers %i is unavailable', async (status) => {
    let isReady = true;
    const { host } = await served(() => ({ status: isReady ? 200 : status, body: {} }));
    const index = await opened(host);
    isReady = false;
    await expect(index.search(query('soap'))).rejects.toBeInstanceOf(SearchIndexUnavailableError);
    await expect(index.checkpoint()).rejects.toBeInstanceOf(SearchIndexUnavailableError);
    await expect(index.ping()).rejects.toBeInstanceOf(SearchIndexUnavailableError);
  });

  it('writes again what the server was too busy for, and that alone', async () => {
    let writes = 0;
    const { host, requests } = await served((request) => {
      if (!isWrite(request)) return { body: {} };
      writes += 1;
      return bulkItems(request.body, (sku) => (sku === 'b' && writes < 3 ? 429 : 201));
    });
    const index = await opened(host);
    await index.apply(BUILD, [written(product('a', 'Soap'), 1), written(product('b', 'Soap'), 2)]);
    const sent = requests.filter(isWrite).map(({ body }) => body.match(/"_id":"p:\w"/g));
    expect(sent).toEqual([['"_id":"p:a"', '"_id":"p:b"'], ['"_id":"p:b"'], ['"_id":"p:b"']]);
  });

  it('does not move the checkpoint where one product was refused', async () => {
    const { host, requests } = await served((request) =>
      isWrite(request) ? bulkItems(request.body, (sku) => (sku === 'b' ? 400 : 201)) : { body: {} },
    );
    const index = await opened(host);
    const move = { expected: null, next: { logId: 'log', position: positionOfNumber(2) } };
    const writes = [written(product('a', 'Soap'), 1), written(product('b', 'Soap'), 2)];
    await expect(index.apply(BUILD, writes, move)).rejects.toThrow('refused a product: b: scripted as told');
    expect(requests.filter(({ line }) => line.includes('checkpoint'))).toEqual([]);
  });

  it('takes the commit of a position in two parts as the version of its document', async () => {
    const { host, requests } = await served((request) =>
      isWrite(request) ? bulkItems(request.body, () => 201) : { body: {} },
    );
    const index = await opened(host);
    const position = '00000000000000004711-00000000000000004710' as Position;
    await index.apply(BUILD, [{ sku: 'a', position, document: null }]);
    expect(requests.find(isWrite)?.body).toContain('"version":4711,"version_type":"external"');
  });
});
