export { createDispatcher, type DispatcherOptions } from './dispatcher.js';
