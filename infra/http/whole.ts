import { hash } from 'node:crypto';
import type { RouteHandlerMethod } from 'fastify';
import { toldByRevision } from './caching.js';

/** Answers with these bytes, or 304 to who has them. */
export function whole(bytes: Buffer, type: string): RouteHandlerMethod {
  const etag = `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`;
  return (_request, reply) => {
    toldByRevision(reply);
    return reply.headers({ etag, 'cache-control': 'no-cache' }).type(type).send(bytes);
  };
}
