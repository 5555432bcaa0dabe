import type { AdjustStock, CommitStock, ReceiveStock, ReleaseStock, ReserveStock } from '../commands.js';
import { expiresAt, sku } from './stock.js';

export const receive = (quantity: number, location = 'default'): ReceiveStock => ({
  type: 'receive-stock',
  sku,
  location,
  quantity,
});

export const adjust = (quantity: number, location = 'default'): AdjustStock => ({
  type: 'adjust-stock',
  sku,
  location,
  quantity,
  reason: 'stocktaking',
});

export const reserve = (orderId: string, quantity: number): ReserveStock => ({
  type: 'reserve-stock',
  sku,
  orderId,
  quantity,
  expiresAt,
});

export const release = (orderId: string): ReleaseStock => ({
  type: 'release-stock',
  sku,
  orderId,
  reason: 'order rejected',
});

export const releaseForGood = (orderId: string): ReleaseStock => ({ ...release(orderId), expiresAt });

export const commit = (orderId: string, shipmentId: string, quantity: number): CommitStock => ({
  type: 'commit-stock',
  sku,
  orderId,
  shipmentId,
  quantity,
});
