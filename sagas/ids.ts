import { deriveId } from '../domain/shared/index.js';

/** An order has one payment, whose id follows from the order's, so that every process knows it without asking. */
export const paymentIdOf = (orderId: string): string => deriveId(orderId, 'payment');
