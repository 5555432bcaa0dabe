import { types } from 'node:util';
import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';

/** What is sent instead of the payload, or will be; the payload itself where nothing changes. */
type Change = (request: FastifyRequest, reply: FastifyReply, payload: unknown) => unknown;

/** Changes what is sent: by callback, as with a promise every answer would be sent a turn later for the few that need one. */
export function onSend(fastify: FastifyInstance, change: Change): void {
  fastify.addHook('onSend', (...[request, reply, payload, done]: Parameters<onSendHookHandler>) => {
    const changed = change(request, reply, payload);
    if (types.isPromise(changed)) changed.then((late) => done(null, late), done);
    else done(null, changed);
  });
}
