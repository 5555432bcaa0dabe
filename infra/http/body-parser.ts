import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseJsonBody } from './json-body.js';
import { problem } from './problem.js';
import type { ProblemError } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, below `/v1/webhooks/` and beside a `webhook-signature` alone: what a signature was made over. */
    rawBody?: string;
  }
}

/** 1 MiB. */
export const BODY_LIMIT = 1_048_576;

const WEBHOOKS = '/v1/webhooks/';
const JSON_TYPE = /^\s*application\/json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/gi;
const UTF_8 = /^utf-?8$/i;

/**
 * JSON objects in UTF-8 that are not encoded: every other media type, charset or content encoding is 415. Nothing at all
 * may come under any type; the route decides whether it needs a body.
 */
export function registerBodyParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRequest', (request, _reply, done) => {
    // Fastify would refuse a type that it cannot read before it looks whether there is a body; without one it asks below.
    const type = request.headers['content-type'];
    if (type !== undefined && !JSON_TYPE.test(type)) delete request.headers['content-type'];
    done();
  });
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      if (bytes.length > 0) demandPlainUtf8(request);
      if (request.url.startsWith(WEBHOOKS) || 'webhook-signature' in request.headers)
        request.rawBody = bytes.toString('utf8');
      done(null, parseJsonBody(bytes));
    } catch (error) {
      done(error as Error, undefined);
    }
  });
  fastify.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, bytes, done) => {
    done(bytes.length === 0 ? null : unsupported('The body must be application/json.'), undefined);
  });
}

/** @throws ProblemError 415 */
function demandPlainUtf8({ headers }: FastifyRequest): void {
  const { 'content-encoding': coded = '', 'content-type': type = '' } = headers;
  if (!coded.split(',').every((one) => /^\s*(?:identity)?\s*$/i.test(one))) {
    throw unsupported('The body must not be compressed: send it without a Content-Encoding.', {
      'accept-encoding': 'identity',
    });
  }
  for (const [, quoted, plain] of type.matchAll(CHARSET)) {
    if (!UTF_8.test(quoted ?? plain ?? '')) throw unsupported('The body must be UTF-8: send no other charset.');
  }
}

const unsupported = (detail: string, headers: Readonly<Record<string, string>> = {}): ProblemError =>
  problem('REQUEST.UNSUPPORTED_MEDIA_TYPE', detail, { headers });
