import { channelOf, channelView } from '../../domain/channel/index.js';
import type { Channel, ChannelEvent, ChannelState } from '../../domain/channel/index.js';

/** @throws RangeError when there is no channel, which no accepted write answers */
export function channelAnswer(code: string) {
  return (state: ChannelState, _events: readonly ChannelEvent[], revision: number): Channel => {
    const channel = channelOf(code, state);
    if (channel === null) throw new RangeError(`there is no channel ${code}`);
    return channelView(channel, revision);
  };
}
