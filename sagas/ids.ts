import { deriveId } from '../infra/shared/derive-id.js';

/**
 * Derives a payment's id from its order's, so that every process knows it without a query: one for each part that the order is paid
 * by, and for each try at a part.
 */
export const paymentIdOf = (orderId: string, tender = 1, attempt = 1): string =>
  deriveId(orderId, `payment:${tender}:${attempt}`);
