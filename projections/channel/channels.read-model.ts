import { channelDecider, channelOf, channelView } from '../../domain/channel/index.js';
import type { Channel, ChannelEvent } from '../../domain/channel/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { existing, readModel } from '../../infra/engine/projections/read-model.js';

/** Id: the code. The default channel has a document only once it was changed. */
export type ChannelDocument = Channel;

type OfChannel = RecordedEvent<{ readonly code: string }>;

const code = ({ data }: OfChannel): string => data.code;

/** By the fold that decides about channels, so that reads and writes know the same of them. */
function after(doc: ChannelDocument | null, event: ChannelEvent, recorded: OfChannel): ChannelDocument {
  const { initialState, evolve } = channelDecider;
  const { version: _, ...details } = doc ?? { version: null, code: '' };
  const before = 'name' in details ? { status: 'open' as const, ...details } : initialState();
  return channelView(existing(channelOf(event.data.code, evolve(before, event)), recorded), recorded.revision);
}

export const channelsReadModel = readModel<ChannelDocument, ChannelEvent>({
  name: 'channels',
  version: 1,
  indexes: [],
  on: {
    'channel.created.v1': {
      key: code,
      evolve: (doc, event) => after(doc, { type: 'channel.created.v1', data: event.data }, event),
    },
    'channel.changed.v1': {
      key: code,
      evolve: (doc, event) => after(doc, { type: 'channel.changed.v1', data: event.data }, event),
    },
  },
});
