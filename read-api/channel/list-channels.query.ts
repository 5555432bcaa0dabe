import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type { Channel } from '../../domain/channel/index.js';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { ChannelDocument } from '../../projections/channel/index.js';
import { inLog, ParkedDocuments, readKeyset } from '../shared/index.js';
import type { ListParams } from '../shared/index.js';
import { unchangedChannel } from './get-channel.query.js';

/** A page of channels by code. */
export class ListChannels extends Query<Page<Channel>> {
  constructor(readonly request: ListParams) {
    super();
  }
}

@QueryHandler(ListChannels)
export class ListChannelsHandler implements IQueryHandler<ListChannels> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError 400 naming `cursor`, READ_MODEL.PARKED for a page with a parked channel */
  async execute({ request: { limit, cursor } }: ListChannels): Promise<Page<Channel>> {
    const name = inLog('channels', this.log);
    const [after] = readKeyset(cursor, name, 1) ?? [];
    const options = { limit: limit + 1, ...(after === undefined ? {} : { after }) };
    const found = await this.store.scan<ChannelDocument>('channels', options);
    const items = withDefault(found.map(({ doc }) => doc)).filter(({ code }) => after === undefined || code > after);
    const page = items.slice(0, limit);
    await this.parked.refuseAny(
      'channels',
      page.map(({ code }) => code),
    );
    const last = page.at(-1);
    return {
      items: page,
      nextCursor: items.length > limit && last !== undefined ? writeCursor(name, [last.code]) : null,
    };
  }
}

/** The default channel stands at its place also where it has no document. */
function withDefault(channels: readonly Channel[]): readonly Channel[] {
  const unchanged = unchangedChannel(DEFAULT_CHANNEL);
  if (unchanged === null || channels.some(({ code }) => code === DEFAULT_CHANNEL)) return channels;
  return [...channels, unchanged].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
