export { priceWindowSaga } from './price-window.js';
