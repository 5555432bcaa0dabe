import { decider } from '../../domain/cart/decider.js'; // read-api-knows-no-decider
export const orders = decider;
