export { openInProcessBus } from './in-process-bus.js';
