import type { FastifyInstance } from 'fastify';
import { parseJsonBody } from './json-body.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, below `/v1/webhooks/` and beside a `webhook-signature` alone: what a signature was made over. */
    rawBody?: string;
  }
}

/** 1 MiB. */
export const BODY_LIMIT = 1_048_576;

const WEBHOOKS = '/v1/webhooks/';

/** JSON objects alone; every other media type is 415. */
export function registerBodyParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      // A client that names the type and sends nothing with DELETE means no body.
      if (bytes.length === 0 && request.method === 'DELETE') return done(null, undefined);
      const body = parseJsonBody(bytes);
      if (request.url.startsWith(WEBHOOKS) || 'webhook-signature' in request.headers)
        request.rawBody = bytes.toString('utf8');
      done(null, body);
    } catch (error) {
      done(error as Error, undefined);
    }
  });
}
