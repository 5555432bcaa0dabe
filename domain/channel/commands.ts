import type { ChannelChanged, ChannelDetails } from './events.js';

/**
 * Creates a channel.
 *
 * Refused: CHANNEL.CODE_TAKEN; CHANNEL.INVALID with every member that is wrong.
 */
export type CreateChannel = ChannelDetails & { readonly type: 'create-channel'; readonly code: string };

/**
 * Changes the members that are given. Satisfied when they are so already.
 *
 * Refused: CHANNEL.NOT_FOUND; CHANNEL.INVALID with every member that is wrong, such as what narrows the default channel.
 */
export type ChangeChannel = ChannelChanged['data'] & { readonly type: 'change-channel' };

export type ChannelCommand = CreateChannel | ChangeChannel;
