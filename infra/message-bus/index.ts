export * from './errors.js';
export * from './message-bus.js';
export { onceEach, openInbox } from './inbox.js';
export { openParkedMessages, retryParked, type ParkedMessage, type ParkedMessages } from './parked-messages.js';
