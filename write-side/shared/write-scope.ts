import { createHmac } from 'node:crypto';
import { Command } from '@nestjs/cqrs';
import { deriveId } from '../../infra/shared/derive-id.js';
import type { Aggregate, DomainEvent } from '../../domain/shared/index.js';
import { problem, refused } from '../../infra/http/index.js';
import type { ErrorCode, IfMatch } from '../../infra/http/index.js';
import type { PendingAppend, CommandContext, CommandExecutor, Outcome } from '../../infra/engine/commands/index.js';
import type { Position } from '../../infra/shared/position.js';

/** The answer of a write that was accepted. */
export interface WriteAnswer {
  readonly status: number;
  /** Plain JSON. */
  readonly body: object;
  /** Revision of the route's own resource, for the ETag. */
  readonly revision: number;
  /** Position of the last event, for the Consistency-Token. */
  readonly position: Position | null;
  readonly location?: string;
  /** The body shows personal data: a repetition makes it anew, and it is never kept, as the person may be forgotten. */
  readonly isPersonal?: true;
}

export type Accepted<Answer> = Extract<Outcome<Answer>, { readonly kind: 'accepted' }>;

/** A command for one aggregate. */
export interface AggregateCommand<State, Command, Event extends DomainEvent, Answer> {
  readonly aggregate: Aggregate<State, Command, Event>;
  readonly id: string;
  readonly command: Command;
  /** The command creates the aggregate. */
  readonly creates?: boolean;
  /** Events of another stream that are appended in one go with those of the command, where the store can. */
  readonly joined?: PendingAppend;
  /** Revision of the aggregate that If-Match stands for, where the resource consists of several aggregates. */
  readonly at?: number;
  /** Code of the 404 where the aggregate must exist already. */
  readonly missing?: ErrorCode;
  /** Makes the answer from the state right after the command. */
  readonly answer: (state: State, events: readonly Event[], revision: number) => Answer;
}

export interface ScopeOptions {
  readonly executor: CommandExecutor;
  /** Carries out a command, whose time counts for the admission of later ones. */
  readonly timed: <Outcome>(command: () => Promise<Outcome>) => Promise<Outcome>;
  readonly secret: Buffer;
  readonly context: CommandContext;
  /** Undefined where any revision matches. */
  readonly ifMatch: IfMatch | undefined;
}

/** The scope that the command of one request is carried out in: its sender, its command id and the revision that it requires. */
export class WriteScope {
  /** Revision at which the command changed nothing; undefined where it recorded events. */
  unchangedAt: number | undefined;

  constructor(private readonly options: ScopeOptions) {}

  get context(): CommandContext {
    return this.options.context;
  }

  /** @throws ProblemError where If-Match does not name this version of the resource */
  requireVersion(version: number): void {
    if (this.names(version)) return;
    throw problemOf({ kind: 'precondition-failed', revision: version }, undefined, this.options.ifMatch);
  }

  /** Whether If-Match, where there is one, names this version of the resource. */
  names(version: number): boolean {
    return this.options.ifMatch?.revisions.includes(version) !== false;
  }

  /** Derives the id of something that the command creates, so that a repetition creates nothing new. */
  newId(name: string): string {
    return secretId(this.options.secret, this.options.context.commandId, name);
  }

  /** Derives number and id of the order that the command opens. The id follows from the number, so that its stream claims the number. */
  newOrder(): { readonly orderNumber: string; readonly orderId: string } {
    const { secret, context } = this.options;
    const orderNumber = orderNumberOf(secret, context.commandId);
    return { orderNumber, orderId: orderIdOf(secret, orderNumber) };
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

  /** Sends a further command of the request, for another aggregate under an id of its own. Without `at`, If-Match does not apply to it. */
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

  /** Sends the command, and answers with this status what the command makes of its state. */
  async answer<State, Command, Event extends DomainEvent, Answer extends object>(
    status: number,
    one: AggregateCommand<State, Command, Event, Answer>,
  ): Promise<WriteAnswer> {
    const { answer, revision, position } = await this.execute(one);
    return { status, body: answer, revision, position };
  }
}

/** Makes the context of a request's command for another aggregate; its id follows from the request's own. */
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
  // A resource that does not exist is 404, whatever If-Match says (RFC 9110, 13.2.1).
  if (outcome.revision < 0 && missing !== undefined) return problem(missing, 'There is no such resource.');
  return problem('REQUEST.PRECONDITION_FAILED', ifMatch?.hasWeak === true ? WEAK : OTHER_REVISION);
}

export const keyReused = () =>
  problem(
    'REQUEST.IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used here with another body, whose answer it stands for. Send a new key with this one; ' +
      'the first body gets the first answer again, a refusal too, for at least 24 hours.',
  );

/** A request's command on the bus, with its scope. Its handler answers the request. */
export abstract class RequestCommand<Data> extends Command<WriteAnswer> {
  constructor(
    readonly scope: WriteScope,
    readonly data: Data,
  ) {
    super();
  }
}

/** Derives an id from a command. It is a UUID (version 8) and cannot be guessed without the server's secret. */
export function secretId(secret: Buffer, commandId: string, name: string): string {
  const bytes = createHmac('sha256', secret).update(`${name}:${commandId}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Crockford's base 32 lacks I, L, O and U, so that a number can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DIGITS = 12;

/** Derives the number of the order that a checkout opens: 60 bits and a check character, as `9F3K-7Q2M-XD40-T`. */
export function orderNumberOf(secret: Buffer, commandId: string): string {
  const bytes = createHmac('sha256', secret).update(`order-number:${commandId}`).digest();
  let digits = '';
  for (let i = 0; i < DIGITS; i++) digits += ALPHABET[(bytes[i] ?? 0) & 31];
  return `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}-${checkCharacter(digits)}`;
}

export const orderIdOf = (secret: Buffer, orderNumber: string): string => secretId(secret, orderNumber, 'order');

/** Computes Luhn's sum to base 32, which detects any one wrong character and almost any two swapped ones. */
export function checkCharacter(digits: string): string {
  let sum = 0;
  let double = true;
  for (let i = digits.length - 1; i >= 0; i--) {
    const value = ALPHABET.indexOf(digits[i] ?? '') * (double ? 2 : 1);
    sum += Math.floor(value / 32) + (value % 32);
    double = !double;
  }
  return ALPHABET[(32 - (sum % 32)) % 32] ?? '';
}
