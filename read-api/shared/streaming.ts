import type { FastifyReply } from 'fastify';

/** Aborts when the answer has been written or the client is gone. */
export function whileAnswering(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => abort.abort());
  return abort.signal;
}

/** Silence after which the system asks whether a peer is still there; one that is gone ends the answer. */
const KEEP_ALIVE_MS = 15_000;

/** Sends the headers of an answer that may have nothing to say for long: the client knows that it was let in. */
export function startAnswering(reply: FastifyReply): void {
  reply.raw.socket?.setKeepAlive(true, KEEP_ALIVE_MS);
  if (!reply.raw.headersSent) reply.raw.flushHeaders();
}
