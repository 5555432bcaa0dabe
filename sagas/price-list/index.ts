export { priceListSaga } from './price-list.js';
