/** A line of a baskets file. */
export interface Basket {
  readonly basketId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}
