export { disputeSaga } from './dispute.js';
