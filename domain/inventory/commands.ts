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
/** One hold an order and SKU: lines of the same SKU are summed before. */
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
/** Gives back what the hold still has; satisfied when there is no hold. */
export interface ReleaseStock {
  readonly type: 'release-stock';
  readonly sku: string;
  readonly orderId: string;
  readonly reason: string;
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
