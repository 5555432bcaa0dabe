import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { StockMessages } from './stock-messages.js';
import { lastTold, Shelf } from './test-support/shelf.js';

let app: FastifyInstance;
let shelf: Shelf;
let closed: Promise<void>;
beforeEach(() => {
  app = fastify({ forceCloseConnections: true });
  shelf = new Shelf();
});
afterEach(() => app.close());

/** A client of the shelf's messages; it reads nothing by itself. */
async function open(heartbeatMs = 60_000): Promise<IncomingMessage> {
  closed = new Promise((onClose) => {
    app.get('/', (_, reply) => reply.send(new StockMessages(shelf.watch, { onClose, heartbeatMs, logId: 'a-log' })));
  });
  const [response] = (await once(get(await app.listen({ port: 0, host: '127.0.0.1' })), 'response')) as [
    IncomingMessage,
  ];
  return response;
}

/** Reads until the text is complete by this rule. */
async function readUntil(response: IncomingMessage, isComplete: (text: string) => boolean): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += String(chunk);
    if (isComplete(text)) break;
  }
  return text;
}

describe('live stock as Server-Sent Events', () => {
  it('shows by heartbeats that it goes on, while nothing changes', async () => {
    const text = await readUntil(await open(5), (read) => read.split(': \n\n').length > 3);
    expect(text).toMatch(/^retry: 1000\n\n(: \n\n){3,}$/);
    await closed;
  });

  it('makes no messages for a client that does not read, and ends it with the last state', async () => {
    const slow = await open();
    await shelf.fillConnection();
    const before = shelf.told;
    await shelf.changeAll(100);
    shelf.change('last');
    const text = await readUntil(slow, (read) => read.includes('"last"'));
    const messages = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data);
    expect(messages).toHaveLength(shelf.told);
    expect(shelf.told - before).toBeLessThan(500);
    expect(lastTold(messages)).toEqual(shelf.counts);
  });

  it('is over when the client is gone', async () => {
    (await open()).destroy();
    await closed;
  });
});
