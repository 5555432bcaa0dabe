export type * from './commands.js';
export { channelAggregate, channelDecider, channelOf, DEFAULT_CHANNEL, sells } from './decider.js';
export type { ChannelState } from './decider.js';
export type * from './events.js';
export * from './view.js';
