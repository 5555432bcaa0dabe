import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import {
  actorOf,
  optionalPrincipal,
  parseIfMatch,
  problem,
  ProblemError,
  traceparentOf,
} from '../../infra/http/index.js';
import { AnswerCache } from './answer-cache.js';
import type { KeyedResult } from './answer-cache.js';
import { idempotencyKeyOf, requestHashOf } from './idempotency.js';
import { commandIdOf } from './ids.js';
import { sendAnswer } from './write-answer.js';
import type { WriteAnswer } from './write-answer.js';
import { keyReused, WriteScope } from './write-scope.js';

/** What a route does within a write. */
export type Work = (scope: WriteScope) => Promise<WriteAnswer>;

/** What tells one command from another. */
interface Origin {
  readonly commandId: string;
  readonly actor: string;
  /** There with an Idempotency-Key. */
  readonly requestHash?: string;
}

/** Every write of the API goes through here: credentials, Idempotency-Key, If-Match in; ETag and Consistency-Token out. */
@Injectable()
export class WriteGate {
  private readonly answers = new AnswerCache();

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `actor`: who asks, where it is not the principal (the holder of an accessToken). */
  async run(reply: FastifyReply, work: Work, actor = actorOf(optionalPrincipal(reply.request))): Promise<void> {
    const { request } = reply;
    const key = idempotencyKeyOf(request);
    const answer =
      key === undefined
        ? await work(this.scopeOf(request, { commandId: randomUUID(), actor }))
        : await this.once(request, { ...originOf(request, key, actor), actor }, work);
    await sendAnswer(answer, reply, this.store.logId);
  }

  /** The same key and body get the first answer again; another body, or one that is still at work, is refused. */
  private async once(request: FastifyRequest, origin: Required<Origin>, work: Work): Promise<WriteAnswer> {
    const { commandId, requestHash } = origin;
    const known = this.answers.find(commandId);
    if (known !== undefined) {
      if (known.requestHash !== requestHash) throw keyReused();
      return again(known.result);
    }
    this.answers.begin(commandId, requestHash);
    let result: KeyedResult | null = null;
    try {
      const answer = await work(this.scopeOf(request, origin));
      result = { answer };
      return answer;
    } catch (error) {
      if (isRefusal(error)) result = { refusal: error };
      throw error;
    } finally {
      this.answers.end(commandId, result);
    }
  }

  private scopeOf(request: FastifyRequest, origin: Origin): WriteScope {
    const ifMatch = parseIfMatch(request.headers['if-match']);
    const traceparent = traceparentOf(request.headers);
    return new WriteScope({
      bus: this.bus,
      secret: this.config.serverSecret,
      // `*` asks that the resource exists, which every route that changes one demands anyway.
      expectedRevision: ifMatch === 'exists' ? undefined : ifMatch,
      context: {
        ...origin,
        correlationId: request.id,
        causationId: null,
        repeatable: origin.requestHash !== undefined,
        ...(traceparent !== undefined && { traceparent }),
      },
    });
  }
}

function originOf(request: FastifyRequest, key: string, principal: string) {
  const { method, url, body } = request;
  const [path = ''] = url.split('?', 1);
  return { commandId: commandIdOf({ method, path, principal, key }), requestHash: requestHashOf(body) };
}

function again(result: KeyedResult | null): WriteAnswer {
  if (result === null) throw problem('REQUEST.IN_PROGRESS', 'A request with this Idempotency-Key is being answered.');
  if ('refusal' in result) throw result.refusal;
  return result.answer;
}

/** A refusal by a rule is an answer to keep; anything else may go otherwise the next time. */
const isRefusal = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && !error.code.startsWith('REQUEST.') && [404, 409, 422].includes(error.status);
