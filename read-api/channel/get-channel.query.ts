import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { channelDecider, channelOf, channelView } from '../../domain/channel/index.js';
import type { Channel } from '../../domain/channel/index.js';
import { problem } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { ChannelDocument } from '../../projections/channel/index.js';
import { mayExist, ParkedDocuments } from '../shared/index.js';
import type { Lateness } from '../shared/index.js';

export class GetChannel extends Query<Channel> {
  constructor(
    readonly code: string,
    readonly lateness: Lateness = 'no',
  ) {
    super();
  }
}

@QueryHandler(GetChannel)
export class GetChannelHandler implements IQueryHandler<GetChannel> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError CHANNEL.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND */
  async execute({ code, lateness }: GetChannel): Promise<Channel> {
    await this.parked.refuse('channels', code);
    const found = await this.store.get<ChannelDocument>('channels', code);
    if (found !== undefined) return found.doc;
    const unchanged = unchangedChannel(code);
    if (unchanged !== null) return unchanged;
    if (lateness !== 'no') throw mayExist('channels');
    throw problem('CHANNEL.NOT_FOUND', 'There is no such channel.');
  }
}

/** The channel of this code that is there without an event; null where that is none. */
export function unchangedChannel(code: string): Channel | null {
  const channel = channelOf(code, channelDecider.initialState());
  return channel === null ? null : channelView(channel, -1);
}
