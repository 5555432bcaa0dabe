import { setTimeout as delay } from 'node:timers/promises';
import {
  applyDecorators,
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { JsonObject } from '../../domain/shared/index.js';
import { PROJECTION_PROGRESS } from '../../infra/engine/projections/progress.js';
import type { ModelLook, ProjectionProgress } from '../../infra/engine/projections/progress.js';
import { EVENT_STORE, KnownHead } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import {
  CONSISTENCY_TOKEN,
  CONSISTENCY_TOKEN_PATTERN,
  etagOf,
  exactJson,
  headerRefs,
  IF_MATCH_PATTERN,
  PREFER_PATTERN,
  problem,
  readToken,
  Refuses,
  toldByRevision,
  vary,
  waitSeconds,
} from '../../infra/http/index.js';
import type { Page, ProblemError } from '../../infra/http/index.js';
import { distance, type Position } from '../../infra/shared/position.js';
import { CSV_TYPE, csvOf, formOf } from './report-form.js';

/**
 * The lateness of the read models of a read without a Consistency-Token. `behind`: the log has more than the read models show;
 * `unknown`: the log could not be asked.
 */
export type Lateness = 'no' | 'behind' | 'unknown';

const latenesses = new WeakMap<FastifyRequest, Lateness>();

/** Tells how late the read models of a route with `@Reads` were. */
export const latenessOf = (request: FastifyRequest): Lateness => latenesses.get(request) ?? 'no';

/** Hands the lateness to the route's method as a parameter. */
export const ReadLate = createParamDecorator((_: unknown, context: ExecutionContext): Lateness =>
  latenessOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Makes the answer for a document that is missing while its read model is behind: 503 and not 404, as it may exist. */
export const mayExist = (model: string): ProblemError =>
  problem('READ_MODEL.BEHIND', `The read model ${model} has not come so far yet.`, {
    extra: { readModel: model, lag: null },
    headers: { 'retry-after': '1' },
  });

/** How many seconds a read waits where the client names no time. */
const DEFAULT_WAIT = 5;
/** How long a read waits for earlier events of the log that its token does not cover. */
const COURTESY_MS = 100;
/** How many seconds a client waits before it repeats a read that came too early. */
const RETRY_AFTER = '1';
/** How often the end of the log is looked up while somebody waits for it. */
const LOOK_MS = 10;

/** The position that a request waits for. */
interface Wait {
  /** Null is the beginning of the log. */
  readonly position: Position | null;
  readonly timeoutMs: number;
}

/** Makes reads wait until they see at least the position of their Consistency-Token; no read waits anywhere else. */
@Injectable()
export class ReadConsistency {
  private readonly head: KnownHead;

  constructor(
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId' | 'head'>,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {
    this.head = new KnownHead(() => log.head());
  }

  /**
   * Resolves when all these read models have reached the token of the request. A read without a token, or beyond it, waits a moment
   * for what was acknowledged before it, and then shows what there is; the lateness that is returned says whether that may be old. A
   * read model that has never caught up with the log is refused, as its half would pass for the whole.
   * @throws ProblemError 400 when the token is malformed or of another log, 503 READ_MODEL.BEHIND with the `lag`
   */
  async reached(models: readonly string[], headers: IncomingHttpHeaders): Promise<Lateness> {
    const wait = this.waitOf(headers);
    if (wait === undefined) {
      const head = await this.head.now();
      if (head === undefined) {
        await this.refuseHalf(models);
        return 'unknown';
      }
      const late = await this.late(models, { position: head, timeoutMs: COURTESY_MS });
      await this.refuseHalf(late);
      return late.length > 0 ? 'behind' : 'no';
    }
    const [behind] = await this.late(models, wait);
    if (behind !== undefined) {
      const detail = `The read model ${behind} has not reached the Consistency-Token yet.`;
      const lag = await this.lagOf(await this.progress.look(behind));
      throw tooEarly(detail, { readModel: behind, lag });
    }
    const head = await this.head.now();
    if (head !== undefined) await this.late(models, { position: head, timeoutMs: COURTESY_MS });
    await this.refuseHalf(models);
    return 'no';
  }

  /**
   * Resolves when the log itself has reached the token: a store on servers may show an event here a moment later than where it was
   * written.
   * @throws ProblemError as `reached`
   */
  async logReached(headers: IncomingHttpHeaders): Promise<void> {
    const { position, timeoutMs } = this.waitOf(headers) ?? { position: null, timeoutMs: 0 };
    if (position === null) return;
    const giveUpAt = performance.now() + timeoutMs;
    for (;;) {
      const head = await this.log.head();
      if (head !== null && head >= position) return;
      if (performance.now() >= giveUpAt) {
        throw tooEarly('The log has not reached the Consistency-Token yet.', { lag: distance(head, position) });
      }
      await delay(LOOK_MS);
    }
  }

  /** Looks up the end of the log. @throws StoreUnavailableError the store is away; at once where that is known */
  logEnd(): Promise<Position | null> {
    return this.head.sure();
  }

  /** Undefined where the request brings no token. */
  private waitOf(headers: IncomingHttpHeaders): Wait | undefined {
    const token = headers[CONSISTENCY_TOKEN];
    if (token === undefined) return undefined;
    const position = readToken(String(token), this.log.logId);
    return { position, timeoutMs: waitSeconds(headers.prefer, DEFAULT_WAIT) * 1000 };
  }

  /** Lists the read models that do not reach the position in time. */
  private async late(models: readonly string[], { position, timeoutMs }: Wait): Promise<readonly string[]> {
    if (position === null) return [];
    const inTime = await Promise.all(models.map((model) => this.progress.waitFor(model, position, timeoutMs)));
    return models.filter((_, index) => inTime[index] !== true);
  }

  private async refuseHalf(models: readonly string[]): Promise<void> {
    for (const model of models) {
      const found = await this.progress.look(model);
      if (found?.complete !== false) continue;
      const lag = await this.lagOf(found);
      if (lag !== 0) throw tooEarly(`The read model ${model} is still being built.`, { readModel: model, lag });
    }
  }

  /** Null where nothing is known of the model, or the log could not be asked. */
  private async lagOf(found: ModelLook | undefined): Promise<number | null> {
    const head = await this.head.now();
    return found === undefined || head === undefined ? null : distance(found.position, head);
  }
}

const tooEarly = (detail: string, extra: JsonObject): ProblemError =>
  problem('READ_MODEL.BEHIND', detail, { extra, headers: { 'retry-after': RETRY_AFTER } });

/** The rule by which a route reads. */
export interface ReadRule {
  /** The read models that must have reached the Consistency-Token of the request, or the log itself. */
  readonly from: readonly string[] | 'log';
  /** Whether the answer's `version` is its ETag; `by-etag-alone`: the body does not show it. */
  readonly versioned?: boolean | 'by-etag-alone';
  /** Whether the answer has sums beyond 2^53, as bigints. */
  readonly exact?: boolean;
  /** Of a page of items, the columns that a table of them has: who likes `text/csv` better is answered one. */
  readonly columns?: readonly string[];
  /** Whether the answer changes only with its ETag: a client that has it already is answered 304. */
  readonly toldByRevision?: boolean;
  /** Whether caches may keep the answer, to be revalidated before each use; they keep no other answer. */
  readonly mayBeKept?: boolean;
}

const RULE = 'cartwright:read-rule';

@Injectable()
export class ReadInterceptor implements NestInterceptor<object, object | string> {
  constructor(
    private readonly reflector: Reflector,
    private readonly consistency: ReadConsistency,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler<object>): Promise<Observable<object | string>> {
    const rule = this.reflector.get<ReadRule>(RULE, context.getHandler());
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { headers } = request;
    if (rule.from === 'log') await this.consistency.logReached(headers);
    else latenesses.set(request, await this.consistency.reached(rule.from, headers));
    const reply = http.getResponse<FastifyReply>();
    if (rule.mayBeKept === true) reply.header('cache-control', 'no-cache');
    if (rule.toldByRevision === true) toldByRevision(reply);
    const { versioned = false, exact = false, columns } = rule;
    let answers = next.handle();
    if (columns !== undefined) {
      vary(reply, 'Accept');
      if (formOf(request) === 'csv') return answers.pipe(map((page) => asTable(page as Page<object>, columns, reply)));
    }
    if (versioned !== false) answers = answers.pipe(map((answer) => withEtag(answer, reply)));
    if (versioned === 'by-etag-alone') answers = answers.pipe(map(withoutVersion));
    return exact ? answers.pipe(map((answer) => inFull(answer, reply))) : answers;
  }
}

function inFull(answer: object, reply: FastifyReply): object {
  reply.type('application/json; charset=utf-8').serializer(exactJson);
  return answer;
}

function asTable({ items }: Page<object>, columns: readonly string[], reply: FastifyReply): string {
  reply.type(`${CSV_TYPE}; charset=utf-8`);
  return csvOf(columns, items);
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

/** Makes a route wait for the Consistency-Token that is sent along, or answer 503, so that clients read their own writes. */
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
