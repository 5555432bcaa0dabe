import { Command } from '@nestjs/cqrs';
import { deriveId } from '../../domain/shared/index.js';
import type { Aggregate, DomainEvent } from '../../domain/shared/index.js';
import { problem, refused } from '../../infra/http/index.js';
import type { ErrorCode, IfMatch } from '../../infra/http/index.js';
import type { PendingAppend, CommandContext, CommandExecutor, Outcome } from '../../infra/engine/commands/index.js';
import { orderIdOf, orderNumberOf, secretId } from './ids.js';
import type { WriteAnswer } from './write-answer.js';

export type Accepted<Answer> = Extract<Outcome<Answer>, { readonly kind: 'accepted' }>;

/** A command for one aggregate. */
export interface AggregateCommand<State, Command, Event extends DomainEvent, Answer> {
  readonly aggregate: Aggregate<State, Command, Event>;
  readonly id: string;
  readonly command: Command;
  /** The command makes the aggregate. */
  readonly creates?: boolean;
  /** Recorded in one go with its events, where the store can. */
  readonly joined?: PendingAppend;
  /** Revision of the aggregate that If-Match stands for, where the resource is made up of several. */
  readonly at?: number;
  /** Code of the 404 where the aggregate must exist already. */
  readonly missing?: ErrorCode;
  /** Made of the state right after the command. */
  readonly answer: (state: State, events: readonly Event[], revision: number) => Answer;
}

export interface ScopeOptions {
  readonly executor: CommandExecutor;
  /** Carries out a command whose time is told to admission. */
  readonly timed: <Outcome>(command: () => Promise<Outcome>) => Promise<Outcome>;
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

  get context(): CommandContext {
    return this.options.context;
  }

  /** @throws ProblemError where If-Match does not name this version of the resource */
  requireVersion(version: number): void {
    const { ifMatch } = this.options;
    if (ifMatch?.revisions.includes(version) !== false) return;
    throw problemOf({ kind: 'precondition-failed', revision: version }, undefined, ifMatch);
  }

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
    one: AggregateCommand<State, Command, Event, Answer>,
  ): Promise<Accepted<Answer>> {
    const { timed, context } = this.options;
    const outcome = await timed(() => this.send(one, context));
    if (outcome.events.length === 0) this.unchangedAt = outcome.revision;
    return outcome;
  }

  /** Sends another command of the request, for another aggregate and under an id of its own. Without `at`, If-Match does not speak of it. */
  beside<State, Command, Event extends DomainEvent>(
    one: Omit<AggregateCommand<State, Command, Event, null>, 'answer'>,
  ): Promise<Accepted<null>> {
    return this.send(
      { ...one, answer: () => null },
      contextBeside(this.options.context, one.aggregate.category),
      one.at !== undefined,
    );
  }

  private async send<State, Command, Event extends DomainEvent, Answer>(
    one: AggregateCommand<State, Command, Event, Answer>,
    context: CommandContext,
    guarded = true,
  ): Promise<Accepted<Answer>> {
    const { aggregate, id, command, answer, creates = false, missing, joined, at } = one;
    const ifMatch = guarded ? this.options.ifMatch : undefined;
    const execution = {
      aggregate,
      id,
      command,
      answer,
      creates,
      context: joined === undefined ? context : { ...context, joined },
      ...(ifMatch && { expectedRevision: at === undefined ? ifMatch.revisions : [at] }),
    };
    const outcome = await this.options.executor.execute(execution);
    if (outcome.kind !== 'accepted') throw problemOf(outcome, missing, ifMatch);
    return outcome;
  }

  /** Sends the command and answers with this status what its state makes. */
  async answer<State, Command, Event extends DomainEvent, Answer extends object>(
    status: number,
    one: AggregateCommand<State, Command, Event, Answer>,
  ): Promise<WriteAnswer> {
    const { answer, revision, position } = await this.execute(one);
    return { status, body: answer, revision, position };
  }
}

/** Of what a request does to another aggregate: the same request comes to the same id. */
export function contextBeside({ settled: _settled, ...context }: CommandContext, category: string): CommandContext {
  return { ...context, commandId: deriveId(context.commandId, category) };
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

/** A command on the bus: what a request asks for, and the scope that it is carried out in. Its handler answers the request. */
export abstract class RequestCommand<Data> extends Command<WriteAnswer> {
  constructor(
    readonly scope: WriteScope,
    readonly data: Data,
  ) {
    super();
  }
}
