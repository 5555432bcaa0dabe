import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { problem } from './problem.js';

const SANE_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Room for a search of 10,000 characters in any script: percent-encoded one takes up to 12 bytes. */
const MAX_URI_LENGTH = 122_880;
/**
 * Of the request line and all headers together, in bytes; Node's own 16 KiB would turn long searches away unread. What is above
 * the length of an address is for headers, and for telling with 414 what is too long by less than that.
 */
export const MAX_HEADER_BYTES = MAX_URI_LENGTH + 24_576;

/** The client's own name for its request, where it is sane: it is answered and logged, and names nothing else. */
export function requestIdOf(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : undefined;
}

/** How a request is named in the log: by what the client calls it too, where that has a name for it. */
export function namesOf({ id, headers }: Pick<FastifyRequest, 'id' | 'headers'>): Record<string, string> {
  const requestId = requestIdOf(headers);
  return { correlationId: id, ...(requestId !== undefined && { requestId }) };
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

/** The few headers that every answer has. */
export function markAnswer({ id, headers }: Pick<FastifyRequest, 'id' | 'headers'>, reply: FastifyReply): void {
  reply.headers({ 'x-request-id': requestIdOf(headers) ?? id, 'x-content-type-options': 'nosniff' });
}

/**
 * The headers of every answer, and a log line a request at level debug. It names the route and not the address: cart ids
 * and access tokens open things, and a query may hold an e-mail address.
 */
export function registerRequestContext(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    markAnswer(request, reply);
    done();
  });
  if (!logger.isLevelEnabled('debug')) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    logger.debug(
      { ...namesOf(request), method, route: routeOptions.url, status: reply.statusCode, milliseconds },
      'answered',
    );
    done();
  });
}
