export { giftCardExpirySaga } from './gift-card-expiry.js';
