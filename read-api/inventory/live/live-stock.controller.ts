import { StockLevel } from '../../../domain/inventory/index.js';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readShownPosition } from '../../../infra/event-store/index.js';
import type { Position } from '../../../infra/shared/position.js';
import { invalid, Operation, POSITION_PATTERN, problem, StreamOf } from '../../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../../infra/read-model-store/index.js';
import { Reads } from '../../shared/index.js';
import { LiveStockParams } from './live-stock.params.js';
import { StockFeed } from './stock-feed.js';
import { StockMessages } from './stock-messages.js';
import { sendOverSocket } from './stock-socket.js';
import { Upgrades } from './upgrades.js';

const EVENT_STREAM = 'text/event-stream';
const HEARTBEAT_MS = 15_000;

@ApiTags('inventory')
@Controller('v1/inventory/live')
export class LiveStockController {
  constructor(
    private readonly feed: StockFeed,
    private readonly upgrades: Upgrades,
    @Inject(READ_MODEL_STORE) private readonly documents: ReadModelStore,
  ) {}

  /**
   * Streams stock as it changes: Server-Sent Events, or a WebSocket where one is asked for. Every SKU is sent first; a slow
   * client gets fewer messages, and always the latest counts.
   */
  @Get()
  @Reads({ from: ['stock', 'products'] })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last message that came: at first only what changed after it is told.',
    schema: { type: 'string', pattern: `${POSITION_PATTERN}|^$` },
  })
  @Operation({
    id: 'inventory.live',
    summary: 'Watch stock as it changes',
    description:
      'Server-Sent Events, and the same messages on a WebSocket at the same address. Every SKU is told at first, then ' +
      'each change; a slow client is told less often, and always the last state. Where an event cannot be applied to a ' +
      'SKU, an event `parked` with `{code, sku}` (on a WebSocket: close code 1011) ends the answers with it.',
    codes: ['PRODUCT.UNKNOWN_SKU', 'REQUEST.TOO_MANY_FEEDS'],
    credential: 'none',
  })
  @StreamOf({
    mediaType: EVENT_STREAM,
    item: StockLevel,
    description: 'A message a change; its id is the position in the log.',
    example: 'id: 0000000000000042\ndata: {"sku":"1000237","onHand":504,"reserved":2,"available":502}\n\n',
  })
  async live(
    @Query() { sku: skus }: LiveStockParams,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const since = lastEventId(request, this.feed.logId);
    await this.known(skus);
    reply.type(EVENT_STREAM).headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    if (request.method === 'HEAD') return void reply.send();
    const watch = await this.feed.watch(skus, since);
    const delivery = { onClose: () => this.feed.leave(watch), heartbeatMs: HEARTBEAT_MS };
    if (request.raw.socket.destroyed) return delivery.onClose();
    if (this.upgrades.isWanted(request)) {
      this.upgrades.accept(request, reply, (socket) => sendOverSocket(socket, watch, delivery));
    } else {
      void reply.send(new StockMessages(watch, { ...delivery, logId: this.feed.logId }));
    }
  }

  /** @throws ProblemError PRODUCT.UNKNOWN_SKU */
  private async known(skus: readonly string[]): Promise<void> {
    const stock = await this.documents.getMany('stock', skus);
    const others = skus.filter((sku) => !stock.has(sku));
    const products = others.length === 0 ? stock : await this.documents.getMany('products', others);
    const unknown = others.find((sku) => !products.has(sku));
    if (unknown !== undefined) throw problem('PRODUCT.UNKNOWN_SKU', `There is no product with the SKU ${unknown}.`);
  }
}

/** Null also for the id of another log: who brings it knows nothing of this one. @throws ProblemError 400 naming the header */
function lastEventId({ headers }: FastifyRequest, logId: string): Position | null {
  const text = headers['last-event-id'];
  if (text === undefined || text === '') return null;
  const position = readShownPosition(logId, String(text));
  if (position === undefined) throw invalid('Last-Event-ID', 'is not an id of this feed');
  return position === 'of another log' ? null : position;
}
