import type { FastifyReply } from 'fastify';

/** Tells caches that the answer depends on these headers of the request, beside what was said of it before. */
export function vary(reply: FastifyReply, ...names: readonly string[]): void {
  const before = reply.getHeader('vary');
  if (before === undefined) return void reply.header('vary', names.join(', '));
  const said = String(before);
  const listed = new Set(said.split(',').map((name) => name.trim().toLowerCase()));
  const missing = names.filter((name) => !listed.has(name.toLowerCase()));
  if (missing.length > 0) void reply.header('vary', [said, ...missing].filter((part) => part !== '').join(', '));
}
