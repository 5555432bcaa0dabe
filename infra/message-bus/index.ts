export * from './errors.js';
export * from './message-bus.js';
export {
  openParkedMessages,
  retryParked,
  type Failure,
  type ParkedMessage,
  type ParkedMessages,
} from './parked-messages.js';
export { onceEach, openInbox, type Inbox, type InboxOptions } from './inbox.js';
export { pauseAfter, Pauses } from './pauses.js';
