import type { FastifyReply } from 'fastify';
import type { Position } from '../../infra/shared/position.js';
import { etagOf, writeToken } from '../../infra/http/index.js';

/** What a write answers when it succeeds. */
export interface WriteAnswer {
  readonly status: number;
  /** Plain JSON. */
  readonly body: object;
  /** Of the route's own resource; the ETag. */
  readonly revision: number;
  /** For the Consistency-Token. */
  readonly position: Position | null;
  readonly location?: string;
  /** It shows what a person told, who may be forgotten: it is made anew for a repetition, never kept. */
  readonly isPersonal?: true;
}

export function sendAnswer(answer: WriteAnswer, reply: FastifyReply, logId: string): void {
  const { status, body, revision, position, location } = answer;
  void reply.code(status).headers({
    etag: etagOf(revision),
    'consistency-token': writeToken(logId, position),
    'cache-control': 'no-store',
  });
  if (location !== undefined) void reply.header('location', location);
  // Not awaited: a reply is there when its last byte has been sent.
  void reply.send(body);
}
