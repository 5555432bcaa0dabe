import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';

const GZIP = /(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=([\d.]+)\s*)?(?=,|$)/i;

/** Whether the client takes gzip. */
export function takesGzip(headers: IncomingHttpHeaders): boolean {
  const match = GZIP.exec(String(headers['accept-encoding'] ?? ''));
  return match !== null && Number(match[1] ?? 1) > 0;
}

/** Aborts when the answer has been written or the client is gone. */
export function whileAnswering(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => abort.abort());
  return abort.signal;
}

/** Sends the headers of an answer under way that has nothing to say yet: the client knows that it was let in. */
export function startAnswering(reply: FastifyReply): void {
  if (!reply.raw.headersSent) reply.raw.flushHeaders();
}
