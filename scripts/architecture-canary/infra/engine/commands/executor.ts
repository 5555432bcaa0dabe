import { secret } from '../../../domain/order/decider.js'; // the-engine-knows-no-commerce
export const executor = secret;
