export * from './gift-card.live-model.js';
export * from './gift-cards.read-model.js';
