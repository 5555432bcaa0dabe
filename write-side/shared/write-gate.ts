import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { actorOf, arrivalOf, optionalPrincipal, parseIfMatch, traceparentOf } from '../../infra/http/index.js';
import { Admission, type Load } from './admission.js';
import type { CommandContext, CommandExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from './index.js';
import { idempotencyKeyOf, requestHashOf } from './idempotency.js';
import { commandIdOf } from './ids.js';
import { KeyedRequests } from './keyed-requests.js';
import { sendAnswer } from './write-answer.js';
import type { WriteAnswer } from './write-answer.js';
import { budgetOf, withinBudget } from './write-budget.js';
import type { RequestCommand } from './write-scope.js';
import { WriteScope } from './write-scope.js';

/** Makes the command that a request asks for. */
export type ToCommand = (scope: WriteScope) => RequestCommand<unknown>;

/** Who sends a request, where it is not the principal (the holder of an accessToken, a carrier). */
export interface Sender {
  readonly actor?: string;
  /** Tells the same request again, instead of an Idempotency-Key. */
  readonly key?: string;
  /** What the request adds to the load; what has none is never refused for it. */
  readonly load?: Load;
}

/** What tells one command from another; `requestHash` is there with an Idempotency-Key. */
type Origin = Pick<CommandContext, 'commandId' | 'actor' | 'requestHash' | 'settled'>;

/**
 * Puts the commands of all requests on the bus: with admission, credentials, Idempotency-Key, If-Match and budget before, ETag
 * and Consistency-Token after.
 */
@Injectable()
export class WriteGate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    private readonly bus: CommandBus,
    private readonly admission: Admission,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly keyed: KeyedRequests,
  ) {}

  async send(reply: FastifyReply, toCommand: ToCommand, sender: Sender = {}): Promise<void> {
    const { request } = reply;
    if (sender.load !== undefined) this.admission.admit(sender.load, arrivalOf(request.raw));
    const { actor = actorOf(optionalPrincipal(request)), key = idempotencyKeyOf(request) } = sender;
    const answer =
      key === undefined
        ? await this.execute(request, toCommand(this.scopeOf(request, { commandId: randomUUID(), actor })))
        : await this.once(request, { ...originOf(request, key, actor), actor }, toCommand);
    sendAnswer(answer, reply, this.store.logId);
  }

  private execute({ headers }: FastifyRequest, command: RequestCommand<unknown>): Promise<WriteAnswer> {
    return withinBudget(this.bus.execute(command), budgetOf(headers.prefer));
  }

  private once(
    request: FastifyRequest,
    origin: Required<Omit<Origin, 'settled'>>,
    toCommand: ToCommand,
  ): Promise<WriteAnswer> {
    return this.keyed.once({ ...origin, requestId: request.id }, async (settled) => {
      const scope = this.scopeOf(request, { ...origin, ...(settled && { settled }) });
      return { answer: await this.execute(request, toCommand(scope)), unchangedAt: scope.unchangedAt };
    });
  }

  private scopeOf(request: FastifyRequest, origin: Origin): WriteScope {
    const ifMatch = parseIfMatch(request.headers['if-match']);
    const traceparent = traceparentOf(request.headers);
    const arrival = arrivalOf(request.raw);
    return new WriteScope({
      executor: this.executor,
      timed: (command) => this.admission.timed(arrival, command),
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
