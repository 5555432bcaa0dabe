export * from './append-at.js';
export * from './breakable-subscriptions.js';
export * from './open-temporary-event-store.js';
export * from './recording-handler.js';
export * from './sample-events.js';
export * from './start-appending.js';
export * from './temporary-directory.js';
export * from './single-appends.js';
