export { fulfilmentSaga } from './fulfilment.js';
