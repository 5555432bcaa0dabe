import { ChannelReadsController } from './channels.controller.js';
import { GetChannelHandler } from './get-channel.query.js';
import { ListChannelsHandler } from './list-channels.query.js';

export const channelReads = {
  controllers: [ChannelReadsController],
  handlers: [GetChannelHandler, ListChannelsHandler],
};
