export { createDispatcher } from './dispatcher.js';
