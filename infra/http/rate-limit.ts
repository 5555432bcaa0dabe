import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/index.js';
import type { Clients, Origin } from './client-address.js';
import { problem, type ProblemError } from './problem.js';

/** Asked by machines that have to be answered most of all when too much is asked. */
const EXEMPT = new Set(['/healthz', '/readyz', '/metrics']);
const WINDOW_MS = 1_000;

/** So many requests a second from one client, whatever they ask for: routes, nothing, or what is no request at all. */
export class RateLimit {
  private readonly counts = new Map<string, number>();
  private windowEnds = 0;

  constructor(
    private readonly limit: Config['rateLimit'],
    private readonly clients: Clients,
    private readonly now: () => number = Date.now,
  ) {}

  /** The same for what was no request, so that nobody knows for whom a proxy sent it. */
  refusalOfBroken(socket: Origin['socket']): ProblemError | null {
    return this.clients.isProxy(socket.remoteAddress) ? null : this.refusalOf({ socket, headers: {} });
  }

  /** Counts a request; the answer to one that is too many. */
  refusalOf(request: Origin): ProblemError | null {
    if (this.limit === null) return null;
    const now = this.now();
    // All windows end together: what is kept is never more than the clients of one second.
    if (now >= this.windowEnds || now < this.windowEnds - WINDOW_MS) {
      this.counts.clear();
      this.windowEnds = now + WINDOW_MS;
    }
    const client = this.clients.of(request);
    const count = (this.counts.get(client) ?? 0) + 1;
    this.counts.set(client, count);
    if (count <= this.limit.perSecond) return null;
    return problem('REQUEST.RATE_LIMITED', 'Too many requests; slow down.', { headers: { 'retry-after': '1' } });
  }
}

/** Requests above the limit are 429 with Retry-After. */
export function registerRateLimit(fastify: FastifyInstance, rateLimit: RateLimit): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const refusal = EXEMPT.has(request.url) ? null : rateLimit.refusalOf(request.raw);
    if (refusal === null) done();
    else done(refusal);
  });
}
