import type { FastifyInstance, FastifyReply } from 'fastify';
import { onSend } from './on-send.js';

declare module 'fastify' {
  interface FastifyReply {
    /** Whether the ETag changes with everything that the answer shows. */
    isToldByRevision: boolean;
  }
}

/** Nobody may keep what nobody said may be kept. */
const NOT_KEPT = 'no-store';

/** The answer shows nothing that can change without its ETag: who has it already is answered 304. */
export function toldByRevision(reply: FastifyReply): void {
  reply.isToldByRevision = true;
}

/** This answer shows something that can change without its ETag after all. */
export function toldByMore(reply: FastifyReply): void {
  reply.isToldByRevision = false;
}

/** Says of every answer how long it may be kept, and answers 304 to who has what they would get. */
export function registerCaching(fastify: FastifyInstance): void {
  fastify.decorateReply('isToldByRevision', false);
  onSend(fastify, (request, reply, payload) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', NOT_KEPT);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200 || !reply.isToldByRevision) return payload;
    const [etag, asked] = [String(reply.getHeader('etag') ?? ''), request.headers['if-none-match']];
    if (etag === '' || asked === undefined || !matches(asked, etag)) return payload;
    void reply.code(304);
    // Fastify measures and drops the body of HEAD itself.
    if (request.method === 'HEAD') return payload;
    void reply.removeHeader('content-type').removeHeader('content-length');
    return null;
  });
}

/** Weak comparison (RFC 9110, 13.1.2): caches and proxies may have weakened the tag. */
function matches(asked: string, etag: string): boolean {
  if (asked.trim() === '*') return true;
  return asked.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
