import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { problem } from './problem.js';

const SANE_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Room for a search of 10,000 characters in any script: percent-encoded one takes up to 12 bytes. */
const MAX_URI_LENGTH = 131_072;
/**
 * Of the request line and all headers together; Node's own 16 KiB would turn long searches away unread. As much again as an
 * address may have: what is too long by less than that is told so with 414.
 */
export const MAX_HEADER_BYTES = 2 * MAX_URI_LENGTH;

/** The client's own request id when it is sane, else a new one; it is the correlation id of all that follows. */
export function correlationIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}

/** The W3C trace context of the request when it is well-formed. */
export function traceparentOf(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['traceparent'];
  return typeof given === 'string' && TRACEPARENT.test(given) ? given : undefined;
}

/** Turns away addresses that no search needs. */
export function registerAddressLimit(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ url }, _reply, done) => {
    if (url.length > MAX_URI_LENGTH) done(problem('REQUEST.URI_TOO_LONG', 'The address is too long.'));
    else done();
  });
}

/**
 * Ids, the few headers that every answer has, and a log line a request at level debug. It names the route and not the
 * address: cart ids and access tokens open things, and a query may hold an e-mail address.
 */
export function registerRequestContext(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
    done();
  });
  if (!logger.isLevelEnabled('debug')) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    const { id, method, routeOptions } = request;
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    logger.debug(
      { correlationId: id, method, route: routeOptions.url, status: reply.statusCode, milliseconds },
      'answered',
    );
    done();
  });
}
