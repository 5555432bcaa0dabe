import type { CommandBus } from '@nestjs/cqrs';
import { deriveId } from '../../domain/shared/index.js';
import type { Aggregate, DomainEvent } from '../../domain/shared/index.js';
import { problem, refused } from '../../infra/http/index.js';
import type { ErrorCode, IfMatch } from '../../infra/http/index.js';
import type { CommandContext, Outcome } from './command-executor.js';
import { ExecuteCommand } from './execute-command.js';
import { orderIdOf, orderNumberOf, secretId } from './ids.js';
import type { WriteAnswer } from './write-answer.js';

export type Accepted<Answer> = Extract<Outcome<Answer>, { readonly kind: 'accepted' }>;

/** A command of a route, for one aggregate. */
export interface RouteCommand<State, Command, Event extends DomainEvent, Answer> {
  readonly aggregate: Aggregate<State, Command, Event>;
  readonly id: string;
  readonly command: Command;
  /** The command makes the aggregate. */
  readonly creates?: boolean;
  /** Code of the 404 where the aggregate must exist already. */
  readonly missing?: ErrorCode;
  /** Made of the state right after the command. */
  readonly answer: (state: State, events: readonly Event[], revision: number) => Answer;
}

export interface ScopeOptions {
  readonly bus: CommandBus;
  readonly secret: Buffer;
  readonly context: CommandContext;
  /** Undefined where any revision will do. */
  readonly ifMatch: IfMatch | undefined;
}

/** One request that writes: who asks, under which command id, and what it may build on. */
export class WriteScope {
  /** Revision at which there was nothing to change; undefined while an event tells what the command did. */
  unchangedAt: number | undefined;

  constructor(private readonly options: ScopeOptions) {}

  /** A new id for what the command makes; the same when it is sent again. */
  newId(name: string): string {
    return secretId(this.options.secret, this.options.context.commandId, name);
  }

  /** Number and id of the order that the command opens. */
  newOrder(): { readonly orderNumber: string; readonly orderId: string } {
    const orderNumber = orderNumberOf(this.options.secret, this.options.context.commandId);
    return { orderNumber, orderId: orderIdOf(this.options.secret, orderNumber) };
  }

  /** Sends the command. @throws ProblemError when it is refused, by a rule or by If-Match */
  async execute<State, Command, Event extends DomainEvent, Answer>(
    one: RouteCommand<State, Command, Event, Answer>,
  ): Promise<Accepted<Answer>> {
    const { bus, context, ifMatch } = this.options;
    const { aggregate, id, command, answer, creates = false } = one;
    const execution = {
      aggregate,
      id,
      command,
      answer,
      creates,
      context,
      ...(ifMatch && { expectedRevision: ifMatch.revisions }),
    };
    const outcome = await bus.execute(new ExecuteCommand(execution));
    if (outcome.kind !== 'accepted') throw problemOf(outcome, one.missing, ifMatch);
    if (outcome.events.length === 0) this.unchangedAt = outcome.revision;
    return outcome;
  }

  /** Sends a command that has to be accepted before the request's own: of another aggregate, and under an id of its own. */
  async precede<State, Command, Event extends DomainEvent>(
    one: Omit<RouteCommand<State, Command, Event, null>, 'answer'>,
  ): Promise<void> {
    const { settled: _settled, ...context } = this.options.context;
    const commandId = deriveId(context.commandId, one.aggregate.category);
    const execution = { ...one, answer: () => null, context: { ...context, commandId } };
    const outcome = await this.options.bus.execute(new ExecuteCommand(execution));
    if (outcome.kind !== 'accepted') throw problemOf(outcome, one.missing, undefined);
  }

  /** Sends the command and answers with this status what its state makes. */
  async answer<State, Command, Event extends DomainEvent, Answer extends object>(
    status: number,
    one: RouteCommand<State, Command, Event, Answer>,
  ): Promise<WriteAnswer> {
    const { answer, revision, position } = await this.execute(one);
    return { status, body: answer, revision, position };
  }
}

const OTHER_REVISION = 'The resource is not at a revision that If-Match names.';
const WEAK =
  'If-Match has a weak tag, which matches nothing; a proxy that compresses answers may have made it weak. ' +
  'Send the `version` of the resource in quotes, such as "7".';

type Failure = Exclude<Outcome<unknown>, { readonly kind: 'accepted' }>;

function problemOf(outcome: Failure, missing: ErrorCode | undefined, ifMatch: IfMatch | undefined) {
  if (outcome.kind === 'refused') return refused(outcome.refusal);
  if (outcome.kind === 'id-reused') return keyReused();
  // What is not there is not there, whatever If-Match says (RFC 9110, 13.2.1).
  if (outcome.revision < 0 && missing !== undefined) return problem(missing, 'There is no such resource.');
  return problem('REQUEST.PRECONDITION_FAILED', ifMatch?.hasWeak === true ? WEAK : OTHER_REVISION);
}

export const keyReused = () =>
  problem(
    'REQUEST.IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used here with another body, whose answer it stands for. Send a new key with this one; ' +
      'the first body gets the first answer again, a refusal too, for at least 24 hours.',
  );
