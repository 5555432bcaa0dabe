import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { actorOf, optionalPrincipal, parseIfMatch, traceparentOf } from '../../infra/http/index.js';
import type { CommandContext } from './command-executor.js';
import { idempotencyKeyOf, requestHashOf } from './idempotency.js';
import { commandIdOf } from './ids.js';
import { KeyedRequests } from './keyed-requests.js';
import { sendAnswer } from './write-answer.js';
import type { WriteAnswer } from './write-answer.js';
import { budgetOf, withinBudget } from './write-budget.js';
import { WriteScope } from './write-scope.js';

/** What a route does within a write. */
export type Work = (scope: WriteScope) => Promise<WriteAnswer>;

/** Who sends a request, where it is not the principal (the holder of an accessToken, a carrier). */
export interface Sender {
  readonly actor?: string;
  /** Tells the same request again, instead of an Idempotency-Key. */
  readonly key?: string;
}

/** What tells one command from another; `requestHash` is there with an Idempotency-Key. */
type Origin = Pick<CommandContext, 'commandId' | 'actor' | 'requestHash' | 'settled'>;

/** Every write of the API goes through here: credentials, Idempotency-Key, If-Match in; ETag and Consistency-Token out. */
@Injectable()
export class WriteGate {
  @Inject(CONFIG) private readonly config!: Config;

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly keyed: KeyedRequests,
  ) {}

  async run(reply: FastifyReply, work: Work, sender: Sender = {}): Promise<void> {
    const { request } = reply;
    const { actor = actorOf(optionalPrincipal(request)), key = idempotencyKeyOf(request) } = sender;
    const answer =
      key === undefined
        ? await withinBudget(
            work(this.scopeOf(request, { commandId: randomUUID(), actor })),
            budgetOf(request.headers.prefer),
          )
        : await this.once(request, { ...originOf(request, key, actor), actor }, work);
    sendAnswer(answer, reply, this.store.logId);
  }

  private once(request: FastifyRequest, origin: Required<Omit<Origin, 'settled'>>, work: Work): Promise<WriteAnswer> {
    return this.keyed.once({ ...origin, requestId: request.id }, async (settled) => {
      const scope = this.scopeOf(request, { ...origin, ...(settled && { settled }) });
      return {
        answer: await withinBudget(work(scope), budgetOf(request.headers.prefer)),
        unchangedAt: scope.unchangedAt,
      };
    });
  }

  private scopeOf(request: FastifyRequest, origin: Origin): WriteScope {
    const ifMatch = parseIfMatch(request.headers['if-match']);
    const traceparent = traceparentOf(request.headers);
    return new WriteScope({
      bus: this.bus,
      secret: this.config.serverSecret,
      // `*` asks that the resource exists, which every route that changes one demands anyway.
      ifMatch: ifMatch === 'exists' ? undefined : ifMatch,
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
  const { method, body, routeOptions } = request;
  const { url: route = '' } = routeOptions;
  const params = request.params as Readonly<Record<string, string>>;
  return { commandId: commandIdOf({ method, route, params, principal, key }), requestHash: requestHashOf(body) };
}
