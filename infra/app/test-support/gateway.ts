import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Upstreams {
  readonly writes: readonly { readonly url: string }[];
  readonly reads: readonly { readonly url: string }[];
}

/**
 * One origin in front of several processes, as a load balancer is: reads to the ones, writes to the others, by turns. A
 * process that cannot be reached is passed over; an answer that was lost half-way is the client's to ask for again.
 */
export class Gateway {
  url = '';
  #turn = 0;
  readonly #server: Server;

  constructor(private readonly upstreams: Upstreams) {
    this.#server = createServer((incoming, outgoing) => this.#pass(incoming, outgoing));
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = '', url = '' } = incoming;
    const isRead = method === 'GET' || method === 'HEAD' || SIMULATION.test(url);
    const targets = isRead ? this.upstreams.reads : this.upstreams.writes;
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () =>
      this.#tryNext({ incoming, outgoing, targets, body: Buffer.concat(chunks) }, targets.length),
    );
  }

  #tryNext(exchange: Exchange, left: number): void {
    const { incoming, outgoing, targets, body } = exchange;
    const target = targets[this.#turn++ % targets.length];
    if (target === undefined || left === 0) return unavailable(outgoing);
    let isConnected = false;
    const { method, headers } = incoming;
    const passed = request(new URL(incoming.url ?? '/', target.url), { method, headers });
    passed.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => (isConnected = true));
      else isConnected = true;
    });
    passed.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    passed.on('error', () => {
      // Nothing was sent where nobody took the connection; else it is not known what the process did.
      if (isConnected) outgoing.destroy();
      else this.#tryNext(exchange, left - 1);
    });
    passed.end(body);
  }
}

/** Reads whatever their method, as the Caddyfile has it too. */
const SIMULATION = /^\/v1\/promotions\/(?:[^/?]+\/)?simulation(?:\?|$)/;

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly targets: Upstreams['reads'];
  readonly body: Buffer;
}

function unavailable(outgoing: ServerResponse): void {
  outgoing.writeHead(503, { 'retry-after': '1', 'content-type': 'application/json' }).end('{}');
}
