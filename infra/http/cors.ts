import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { vary } from './vary.js';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const ALLOWED = [
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Consistency-Token',
  'Prefer',
  'Last-Event-ID',
  'X-Request-Id',
  'Traceparent',
];
const EXPOSED = ['ETag', 'Location', 'Consistency-Token', 'Retry-After', 'X-Request-Id', 'Traceresponse'].join(', ');
/** Seconds that a browser may go by a preflight; what Chromium allows at most. */
const MAX_AGE = '7200';
const ANY = '*';

/** Which pages of other origins may read answers. No answer rests on cookies, so no credentials of the browser are asked for. */
export class Cors {
  private readonly origins: ReadonlySet<string>;
  private readonly isOpen: boolean;

  /** @param origins of pages that may send anything; `*` lets every other one have what needs no credential */
  constructor(origins: readonly string[]) {
    this.origins = new Set(origins.filter((origin) => origin !== ANY));
    this.isOpen = origins.includes(ANY);
  }

  /** Says to the browser who may read the answer, and to caches that it depends on who asks. */
  mark(request: Pick<FastifyRequest, 'raw'>, reply: FastifyReply): void {
    if (this.origins.size === 0 && !this.isOpen) return;
    vary(reply, 'Origin');
    const allowed = this.allowed(request.raw.headers);
    if (allowed === null) return;
    reply.headers({ 'access-control-allow-origin': allowed, 'access-control-expose-headers': EXPOSED });
  }

  /** Answers a preflight of an origin that is let in. */
  answersPreflight({ method, headers }: FastifyRequest, reply: FastifyReply): boolean {
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
    const allowed = this.allowed(headers);
    if (allowed === null) return false;
    vary(reply, 'Access-Control-Request-Method', 'Access-Control-Request-Headers');
    reply.headers({
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': [...ALLOWED, ...(allowed === ANY ? [] : ['Authorization'])].join(', '),
      'access-control-max-age': MAX_AGE,
    });
    void reply.code(204).send();
    return true;
  }

  /** The origin to allow, `*`, or null. A page without an origin (`null`: a file, a sandboxed frame) may be anybody's. */
  private allowed({ origin, authorization }: IncomingHttpHeaders): string | null {
    if (origin === undefined || origin === 'null') return null;
    if (this.origins.has(origin)) return origin;
    return this.isOpen && authorization === undefined ? ANY : null;
  }
}

/** Before the rate limit and the credential: a preflight has none, and a 429 has to be readable too. */
export function registerCors(fastify: FastifyInstance, cors: Cors): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    cors.mark(request, reply);
    if (!cors.answersPreflight(request, reply)) done();
  });
}
