import { ChangeChannelHandler, CreateChannelHandler } from './channel.handlers.js';
import { ChannelsController } from './channels.controller.js';

export const channelWrites = {
  controllers: [ChannelsController],
  handlers: [CreateChannelHandler, ChangeChannelHandler],
};
