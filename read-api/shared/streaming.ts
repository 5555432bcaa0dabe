import type { FastifyReply } from 'fastify';

/** Makes a signal that aborts when the answer has been sent, or when the client has disconnected. */
export function whileAnswering(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => abort.abort());
  return abort.signal;
}

/** After this much silence TCP keep-alive probes the client, so that the answer to one that is gone ends. */
const KEEP_ALIVE_MS = 15_000;

/** Sends the headers of a stream at once: its first event may be long in coming, and the client sees that it was accepted. */
export function startAnswering(reply: FastifyReply): void {
  reply.raw.socket?.setKeepAlive(true, KEEP_ALIVE_MS);
  if (!reply.raw.headersSent) reply.raw.flushHeaders();
}
