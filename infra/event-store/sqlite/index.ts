export * from './open-sqlite-event-store.js';
export type { CommitObserver } from './group-commit.js';
