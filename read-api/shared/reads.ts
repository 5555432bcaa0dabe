import { applyDecorators, Injectable, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  CONSISTENCY_TOKEN_PATTERN,
  headerRefs,
  IF_MATCH_PATTERN,
  etagOf,
  exactJson,
  PREFER_PATTERN,
  Refuses,
  toldByRevision,
} from '../../infra/http/index.js';
import { noteLateness } from './read-consistency.js';
import { ReadConsistency } from './read-consistency.js';

/** What a route reads. */
export interface ReadRule {
  /** What must have reached the Consistency-Token of the request: read models, or the log itself. */
  readonly from: readonly string[] | 'log';
  /** The answer's `version` is its ETag; `by-etag-alone`: and is not shown in the body. */
  readonly versioned?: boolean | 'by-etag-alone';
  /** The answer has sums beyond 2^53, as bigints. */
  readonly exact?: boolean;
  /** The answer shows nothing that can change without its ETag: who has it already is answered 304. */
  readonly toldByRevision?: boolean;
  /** The answer may be kept, and has to be asked for again before it is used; others may not be kept at all. */
  readonly mayBeKept?: boolean;
}

const RULE = 'cartwright:read-rule';

@Injectable()
export class ReadInterceptor implements NestInterceptor<object, object> {
  constructor(
    private readonly reflector: Reflector,
    private readonly consistency: ReadConsistency,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler<object>): Promise<Observable<object>> {
    const rule = this.reflector.get<ReadRule>(RULE, context.getHandler());
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { headers } = request;
    if (rule.from === 'log') await this.consistency.logReached(headers);
    else noteLateness(request, await this.consistency.reached(rule.from, headers));
    const reply = http.getResponse<FastifyReply>();
    if (rule.mayBeKept === true) reply.header('cache-control', 'no-cache');
    if (rule.toldByRevision === true) toldByRevision(reply);
    if (rule.exact === true) return next.handle().pipe(map((answer) => inFull(answer, reply)));
    const { versioned = false } = rule;
    if (versioned === false) return next.handle();
    const answers = next.handle().pipe(map((answer) => withEtag(answer, reply)));
    return versioned === 'by-etag-alone' ? answers.pipe(map(withoutVersion)) : answers;
  }
}

function inFull(answer: object, reply: FastifyReply): object {
  reply.type('application/json; charset=utf-8').serializer(exactJson);
  return answer;
}

function withEtag(answer: object, reply: FastifyReply): object {
  if ('version' in answer && typeof answer.version === 'number') reply.header('etag', etagOf(answer.version));
  return answer;
}

function withoutVersion(answer: object): object {
  const { version: _, ...shown } = { version: null, ...answer };
  return shown;
}

const Unchanged: MethodDecorator = applyDecorators(
  ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: 'ETag that the client has: where nothing has changed since, the answer is 304 without a body.',
    schema: { type: 'string', pattern: IF_MATCH_PATTERN },
  }),
  ApiResponse({ status: 304, description: 'Nothing has changed since that ETag.', headers: headerRefs(['ETag']) }),
);

/** A route that reads its own writes: it waits for the Consistency-Token that is sent along, or answers 503. */
export const Reads = (rule: ReadRule): MethodDecorator =>
  applyDecorators(
    SetMetadata(RULE, rule),
    UseInterceptors(ReadInterceptor),
    ApiHeader({
      name: 'Consistency-Token',
      required: false,
      description: 'As a write answered it: the read waits until it shows that write, or answers 503.',
      schema: { type: 'string', pattern: CONSISTENCY_TOKEN_PATTERN },
    }),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: '`wait=SECONDS`: how long to wait for the Consistency-Token, 5 where it is not said, at most 60.',
      schema: { type: 'string', pattern: PREFER_PATTERN },
    }),
    ...(rule.toldByRevision === true ? [Unchanged] : []),
    Refuses('read', rule.from === 'log' ? ['READ_MODEL.BEHIND'] : ['READ_MODEL.BEHIND', 'READ_MODEL.PARKED']),
  );
