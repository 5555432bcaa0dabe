export interface ReceiveStock {
  readonly type: 'receive-stock';
  readonly sku: string;
  readonly location: string;
  readonly quantity: number;
}
export interface AdjustStock {
  readonly type: 'adjust-stock';
  readonly sku: string;
  readonly location: string;
  /** Signed. */
  readonly quantity: number;
  readonly reason: string;
}
/** Reserves units for an order, in one hold a SKU: lines of the same SKU are summed before. */
export interface ReserveStock {
  readonly type: 'reserve-stock';
  readonly sku: string;
  readonly orderId: string;
  readonly quantity: number;
  readonly expiresAt: string;
  /** Whose checkout it is, where what a client may hold is limited. */
  readonly client?: string;
  /** Orders of the client that are known to be confirmed. */
  readonly settled?: readonly string[];
}
/** Releases the units that the hold still has; satisfied when there is no hold and nothing to close. */
export interface ReleaseStock {
  readonly type: 'release-stock';
  readonly sku: string;
  readonly orderId: string;
  readonly reason: string;
  /**
   * When the hold expires that an order has asked for which is over now: where it was given none, it is not given any later
   * either. Absent where that needs no saying, as for an order that has shipped.
   */
  readonly expiresAt?: string;
}
/** Takes shipped units from a hold, which only a confirmed order ships from; satisfied when this shipment was committed already. */
export interface CommitStock {
  readonly type: 'commit-stock';
  readonly sku: string;
  readonly orderId: string;
  readonly shipmentId: string;
  readonly quantity: number;
}

export type InventoryCommand = ReceiveStock | AdjustStock | ReserveStock | ReleaseStock | CommitStock;
