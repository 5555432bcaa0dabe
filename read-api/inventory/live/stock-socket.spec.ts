import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { ClientOptions } from 'ws';
import { sendOverSocket } from './stock-socket.js';
import { lastTold, Shelf } from './test-support/shelf.js';

let server: WebSocketServer;
let shelf: Shelf;
let closed: Promise<void>;
beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  shelf = new Shelf();
  await once(server, 'listening');
});
afterEach(async () => {
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
});

/** A client of the shelf's messages. */
async function open(heartbeatMs: number, options: ClientOptions = {}): Promise<WebSocket> {
  closed = new Promise((onClose) => {
    server.on('connection', (socket) => sendOverSocket(socket, shelf.watch, { onClose, heartbeatMs }));
  });
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, options);
  await once(socket, 'open');
  return socket;
}

describe('live stock on a WebSocket', () => {
  it('goes on as long as the client answers the heartbeats', async () => {
    const client = await open(20);
    for (let pings = 0; pings < 12; pings += 1) await once(client, 'ping');
    shelf.change('tea');
    await once(client, 'message');
    expect(client.readyState).toBe(WebSocket.OPEN);
  });

  it('is cut off when the client has not answered four of them', async () => {
    const client = await open(20, { autoPong: false });
    let pings = 0;
    client.on('ping', () => (pings += 1));
    const [code] = (await once(client, 'close')) as [number];
    expect([pings, code]).toEqual([4, 1006]);
    await closed;
  });

  it('makes no messages for a client that does not read, and ends it with the last state', async () => {
    const slow = await open(60_000);
    slow.pause();
    await shelf.fillConnection();
    const before = shelf.told;
    await shelf.changeAll(100);
    shelf.change('last');
    const messages: string[] = [];
    const isLast = new Promise<void>((resolve) => {
      slow.on('message', (data: Buffer) => {
        messages.push(data.toString());
        if (messages.at(-1)?.includes('"last"')) resolve();
      });
    });
    slow.resume();
    await isLast;
    expect(messages).toHaveLength(shelf.told);
    expect(shelf.told - before).toBeLessThan(500);
    expect(lastTold(messages)).toEqual(shelf.counts);
  });

  it('is over when the client is gone', async () => {
    (await open(60_000)).terminate();
    await closed;
  });
});
