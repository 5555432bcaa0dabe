import { hash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deriveId } from '../../infra/shared/derive-id.js';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import type { CommandContext, CommandExecutor } from '../../infra/engine/commands/index.js';
import { EVENT_STORE, UnknownOutcomeError } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import {
  actorOf,
  arrivalOf,
  etagOf,
  invalid,
  optionalPrincipal,
  parseIfMatch,
  traceparentOf,
  waitSeconds,
  writeToken,
} from '../../infra/http/index.js';
import { Admission, type Load } from './admission.js';
import { COMMAND_EXECUTOR } from './index.js';
import { KeyedRequests } from './keyed-requests.js';
import { WriteScope, type RequestCommand, type WriteAnswer } from './write-scope.js';

/** Makes the command that a request asks for. */
export type ToCommand = (scope: WriteScope) => RequestCommand<unknown>;

/** The sender of a request where it is not the principal, such as the holder of an accessToken, or a carrier. */
export interface Sender {
  readonly actor?: string;
  /** Identifies a repeated request, instead of an Idempotency-Key. */
  readonly key?: string;
  /** The load that the request adds; a request without it is never refused for overload. */
  readonly load?: Load;
  /** Milliseconds that the write may take, where that is more than others need. */
  readonly budgetMs?: number;
}

/** The identity of a command; `requestHash` is there with an Idempotency-Key. */
type Origin = Pick<CommandContext, 'commandId' | 'actor' | 'requestHash' | 'settled'>;

/** A write that is under way. */
interface Write {
  readonly scope: WriteScope;
  readonly answer: Promise<WriteAnswer>;
}

/**
 * Puts the commands of all requests on the bus. Before that it checks admission, credentials, Idempotency-Key and If-Match; while
 * the command is carried out it watches the time; afterwards it sets ETag and Consistency-Token.
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
    const write = (origin: Origin): Write => {
      const scope = this.scopeOf(request, origin);
      const answering = this.bus.execute(toCommand(scope));
      return { scope, answer: withinBudget(answering, budgetOf(request.headers.prefer, sender.budgetMs)) };
    };
    const answer =
      key === undefined
        ? await write({ commandId: randomUUID(), actor }).answer
        : await this.once(request.id, { ...originOf(request, key, actor), actor }, write);
    sendAnswer(answer, reply, this.store.logId);
  }

  private once(
    requestId: string,
    origin: Required<Omit<Origin, 'settled'>>,
    write: (origin: Origin) => Write,
  ): Promise<WriteAnswer> {
    return this.keyed.once({ ...origin, requestId }, async (settled) => {
      const { scope, answer } = write({ ...origin, ...(settled && { settled }) });
      return { answer: await answer, unchangedAt: scope.unchangedAt };
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

const COMMAND_IDS = '0f6f2f44-5b0c-5c1e-9d5e-3c1a0c0f7f10';

/** The scope of an Idempotency-Key. */
export interface KeyScope {
  readonly method: string;
  /** The pattern of the route, as a path can be spelt in several ways. */
  readonly route: string;
  /** The decoded values of the pattern's parameters. */
  readonly params: Readonly<Record<string, string>>;
  readonly principal: string;
  readonly key: string;
}

/** Derives the command id from a client's key: the same request gets the same id, and nobody else's request does. */
export const commandIdOf = ({ method, route, params, principal, key }: KeyScope): string =>
  deriveId(COMMAND_IDS, JSON.stringify([method, route, Object.entries(params), principal, key]));

/** Derives the id of a command that follows from a delivery, such as a webhook's, which may be repeated. */
export const commandIdOfDelivery = (source: string, id: string): string =>
  deriveId(COMMAND_IDS, JSON.stringify([source, id]));

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/**
 * A guest's key has at least as many characters as a UUID in base 64. Whoever guesses it gets the guest's answer with the id of the
 * cart, which opens the cart.
 */
const GUESTS_LEAST = 22;

/** Reads the client's key; undefined without one. @throws ProblemError 400 where it is malformed, repeated, or too short for a guest's */
function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = keyIn(request, 'Idempotency-Key');
  if (key !== undefined && request.auth.principal === null && key.trim().length < GUESTS_LEAST) {
    const message = `must have at least ${GUESTS_LEAST} characters where nobody is signed in, as a UUID has`;
    throw invalid('Idempotency-Key', `${message}; it is a secret`);
  }
  return key;
}

/** Reads the key of a request from a header; undefined without one. @throws ProblemError 400 unless it is 1 to 255 printable characters */
export function keyIn({ raw }: FastifyRequest, header: string): string | undefined {
  const name = header.toLowerCase();
  // The plain headers are asked first, as Node makes the distinct ones of all headers at once.
  if (!(name in raw.headers)) return undefined;
  const [key, ...others] = raw.headersDistinct[name] ?? [];
  if (key === undefined) return undefined;
  if (others.length > 0) throw invalid(header, 'must be given only once');
  if (!PRINTABLE.test(key) || key.trim() === '') throw invalid(header, 'must be 1 to 255 printable ASCII characters');
  return key;
}

/** Hashes the body (SHA-256) whatever the order of its members; no body equals `{}`. */
const requestHashOf = (body: unknown = {}): string => hash('sha256', canonicalJson(body), 'hex');

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/** The time for all that a write reads and appends. */
const BUDGET_MS = 15_000;

/** Computes the time of a write, which has so many milliseconds; what the client asks to wait by `Prefer: wait=N` is added. */
export const budgetOf = (prefer: string | readonly string[] | undefined, milliseconds = BUDGET_MS): number =>
  milliseconds + waitSeconds(prefer, 0) * 1000;

/**
 * Stops waiting for a write that takes too long. The write itself goes on; its client may send it again under the same id.
 * @throws UnknownOutcomeError the write has not ended in time, and may yet be recorded
 */
export function withinBudget<Done>(write: Promise<Done>, milliseconds: number): Promise<Done> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new UnknownOutcomeError(`the write was not done within ${milliseconds} ms`)),
      milliseconds,
    );
    void write.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

function sendAnswer(answer: WriteAnswer, reply: FastifyReply, logId: string): void {
  const { status, body, revision, position, location } = answer;
  void reply.code(status).headers({
    etag: etagOf(revision),
    'consistency-token': writeToken(logId, position),
    'cache-control': 'no-store',
  });
  if (location !== undefined) void reply.header('location', location);
  // The reply is not awaited: its promise resolves only when the last byte has been sent.
  void reply.send(body);
}
