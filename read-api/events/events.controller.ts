import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EVENT_STORE, readShownPosition } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { EventStore } from '../../infra/event-store/index.js';
import {
  invalid,
  Operation,
  preferredCoding,
  problem,
  Roles,
  StreamOf,
  untilTokenEnds,
  utcOf,
  vary,
} from '../../infra/http/index.js';
import { ReadConsistency, Reads, startAnswering, whileAnswering } from '../shared/index.js';
import { eventLines } from './event-lines.js';
import type { LinesRequest } from './event-lines.js';
import { EventViews } from './event-view.js';
import { EventStreamParams } from './event.params.js';
import { EventLine } from './event-line.js';

const NDJSON = 'application/x-ndjson';
const EXAMPLE =
  '{"id":"3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d","position":"0000000000000042","stream":"order-0Q7B2M4N6P8R",' +
  '"category":"order","revision":1,"type":"order.confirmed.v1","at":"2026-03-01T09:30:00.000Z","actor":"saga:checkout",' +
  '"commandId":"6d9f6a52-8d0e-5b6c-9b51-2f3f1c0f7a10","correlationId":"0b6c8b4e-1d3f-4f0a-9b7e-2a5f4f6f1c11",' +
  '"causationId":null,"data":{"orderId":"0Q7B2M4N6P8R"}}\n';

@ApiTags('events')
@Controller('v1/events')
export class EventsController implements OnModuleDestroy {
  readonly #live = new Set<FastifyReply>();

  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly consistency: ReadConsistency,
    private readonly views: EventViews,
  ) {}

  /** Ends live answers when the engine stops. */
  onModuleDestroy(): void {
    for (const reply of this.#live) reply.raw.destroy();
  }

  /** Streams the log, a line an event; a client resumes after the last position it has. A live answer ends with its token. */
  @Get()
  @Roles('analyst', 'admin')
  @Reads({ from: 'log' })
  @Operation({
    id: 'events.list',
    summary: 'Read the log',
    description:
      'Every event of the shop in the order of the log, a line of JSON each; filters are joined by and. Going on after ' +
      'the last position that came is all it takes to resume; with `live=true` the answer goes on with what is recorded later.',
    codes: ['LOG.REPLACED', 'REQUEST.TOO_MANY_FEEDS'],
  })
  @StreamOf({
    mediaType: NDJSON,
    item: EventLine,
    description: 'NDJSON: one event a line; gzipped where `Accept-Encoding` says so.',
    example: EXAMPLE,
  })
  async events(
    @Query() params: EventStreamParams,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const head = await this.consistency.logEnd();
    const from = startOf(params.from, { logId: this.log.logId, head });
    const answering = whileAnswering(reply);
    const signal = params.live ? AbortSignal.any([answering, untilTokenEnds(request)]) : answering;
    if (params.live) {
      this.#live.add(reply);
      answering.addEventListener('abort', () => this.#live.delete(reply), { once: true });
    }
    const context = { head, signal, onLive: () => startAnswering(reply) };
    const lines = eventLines(this.views.of(request.auth.principal), askedBy(params, from), context);
    reply.type(NDJSON).headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    vary(reply, 'Accept-Encoding');
    if (request.method === 'HEAD') return void reply.send();
    const source = Readable.from(lines, { objectMode: false });
    const isPacked = preferredCoding(request.headers['accept-encoding'], ['gzip']) !== null;
    void reply.send(isPacked ? gzipped(source, reply, params.live) : source);
  }
}

const askedBy = (params: EventStreamParams, from: Position | null): LinesRequest => ({
  ...params,
  from,
  since: params.since === undefined ? undefined : utcOf(params.since),
  until: params.until === undefined ? undefined : utcOf(params.until),
  fields: params.fields === undefined ? undefined : [...new Set(params.fields.split(','))],
});

interface LogEnd {
  readonly logId: string;
  readonly head: Position | null;
}

/** @throws ProblemError 400 naming `from`: no position, or one that this log never had; LOG.REPLACED where another had it */
function startOf(text: string | undefined, { logId, head }: LogEnd): Position | null {
  if (text === undefined) return null;
  const position = readShownPosition(logId, text);
  if (position === undefined) throw invalid('from', 'must be a position');
  if (position === 'of another log') {
    const detail = '`from` is a position of another log, or of this one before it was restored: begin without it.';
    throw problem('LOG.REPLACED', detail);
  }
  if (head === null || position > head) throw invalid('from', 'is past the end of this log');
  return position;
}

/** Compresses at the fastest level, as a log is exported as a whole; a live answer is flushed with every write. */
function gzipped(source: Readable, reply: FastifyReply, live: boolean): Readable {
  reply.header('content-encoding', 'gzip');
  const gzip = createGzip({ level: 1, ...(live ? { flush: constants.Z_SYNC_FLUSH } : {}) });
  // The compressor ends the answer; an error of the source aborts it.
  pipeline(source, gzip, () => undefined);
  return gzip;
}
