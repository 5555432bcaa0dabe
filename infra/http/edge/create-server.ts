import { createServer, type RequestListener, type Server } from 'node:http';
import type { EdgeConfig } from '../../config/index.js';
import type { Clients } from '../client-address.js';
import { MAX_HEADER_BYTES } from '../request-context.js';
import { clientRequest } from './client-request.js';
import { Connections } from './connections.js';
import { Turns } from './turns.js';

const SECONDS = 1_000;

/** How long a client may take, in milliseconds. A body of 1 MiB in half a minute is 35 kB a second. */
const TIME_LIMITS = {
  headersTimeout: 15 * SECONDS,
  requestTimeout: 30 * SECONDS,
  /** Longer than proxies keep a connection to us, so that it is they who close it: one that we closed could lose a POST. */
  keepAliveTimeout: 75 * SECONDS,
  /** How often the limits are looked at. */
  connectionsCheckingInterval: 2 * SECONDS,
};

export interface EdgeServerOptions {
  readonly edge: EdgeConfig;
  readonly clients: Clients;
  readonly turns: Turns;
  readonly timeLimits?: typeof TIME_LIMITS;
}

/** The HTTP server that clients meet: bounded in time, in connections, and in what it answers ahead of who reads. */
export function createEdgeServer(handle: RequestListener, options: EdgeServerOptions): Server {
  const { edge, clients, turns, timeLimits = TIME_LIMITS } = options;
  const connections = new Connections(edge, clients);
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    ...timeLimits,
    IncomingMessage: clientRequest({
      isTaken: (socket) => turns.isTaken(socket),
      onHandOver: (socket) => connections.isAnswered(socket),
    }),
  });
  server.on('request', turns.inTurn(handle));
  server.on('connection', () => turns.queue.connected());
  connections.guard(server);
  return server;
}
