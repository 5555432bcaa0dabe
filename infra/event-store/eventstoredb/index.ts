export * from './open-event-store-db.js';
