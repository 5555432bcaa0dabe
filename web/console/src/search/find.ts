import type { Schema } from '../../../shared/api/index.js';

type Order = Schema<'Order'>;
/** The filters of `GET /v1/orders` that a search tries. */
type Filter = Partial<Record<'orderNumber' | 'email' | 'reference' | 'sku', string>>;

/** What a text could be of an order: each is a filter of its own, as filters of one request are joined by and. */
export function filtersOf(text: string): readonly Filter[] {
  const typed = text.trim();
  if (typed === '') return [];
  if (typed.includes('@')) return [{ email: typed }];
  const filters: Filter[] = [{ reference: typed }, { sku: typed }];
  return isOrderNumber(typed) ? [{ orderNumber: typed }, ...filters] : filters;
}

/** Thirteen letters and digits, with or without dashes, as they are read out. */
const isOrderNumber = (text: string): boolean => /^[0-9a-z]{13}$/i.test(text.replaceAll(/[-\s]/g, ''));

/** An order's id, which is no word to search for but a place to go to. */
export const isOrderId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text.trim());

/** The orders of several answers, each once, in their order. */
export function mergeOrders(answers: readonly (readonly Order[])[]): readonly Order[] {
  return [...new Map(answers.flat().map((order) => [order.orderId, order])).values()];
}
