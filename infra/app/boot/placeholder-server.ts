import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Config } from '../../config/index.js';
import { Clients, createEdgeServer, problem, problemDocument, Turns } from '../../http/index.js';
import { listen } from './listen.js';

const RETRY_AFTER = '2';
/** How many milliseconds a request may take to arrive once the server closes. */
const PATIENCE_MS = 1_000;

/** Answers in place of the engine while a store that its start needs is away: 503 to everything but liveness. */
export interface PlaceholderServer {
  /** The name in `/readyz` of the store that the start waits for; null while the stores are first opened. */
  missing: string | null;
  /** Closes the port. */
  close(): Promise<void>;
}

/** @throws ConfigError the port cannot be opened */
export async function openPlaceholderServer(config: Config, missing: string | null): Promise<PlaceholderServer> {
  const placeholder = { missing };
  const clients = new Clients(config.edge.trustedProxies);
  const server = createEdgeServer((request, response) => answer(request, response, placeholder.missing), {
    edge: config.edge,
    clients,
    turns: new Turns(),
  });
  await listen({ listen: (port, host) => listening(server, port, host) }, config);
  return Object.assign(placeholder, { close: () => closed(server) });
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cuttingOff = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    server.close(() => {
      clearTimeout(cuttingOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function answer(request: IncomingMessage, response: ServerResponse, missing: string | null): void {
  request.resume();
  // The connection ends with the answer, so that the client's next connection is the engine's.
  response.setHeader('connection', 'close');
  if (request.url === '/healthz') return send(response, 200, { status: 'alive' });
  response.setHeader('retry-after', RETRY_AFTER).setHeader('cache-control', 'no-store');
  if (request.url === '/readyz') {
    const checks = missing === null ? { stores: 'being opened' } : { [missing]: 'away since the start' };
    return send(response, 503, { status: 'not-ready', checks });
  }
  const reason =
    missing === null ? 'The engine is starting.' : `The ${missing} does not answer; the engine starts when it does.`;
  const error = problem('STORE.UNAVAILABLE', reason);
  send(response, error.status, problemDocument(error, randomUUID()));
}

function send(response: ServerResponse, status: number, body: object): void {
  const type = status === 200 || 'checks' in body ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}
