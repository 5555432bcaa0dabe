import { useState } from 'preact/hooks';
import type { Schema } from '../../../shared/api/index.js';
import { majorUnits, minorUnits, moneyText } from '../../../shared/format/index.js';
import { AmountInput } from '../../../shared/ui/index.js';
import { ActionDialog, type Guard } from '../action/action-dialog.js';
import { api } from '../engine.js';
import { productTarget } from './product-target.js';

type Product = Schema<'Product'>;

/** Sets what a unit costs from now on, in the currency that it has a price in. */
export function PriceAction({ product }: { readonly product: Product }) {
  const [typed, setTyped] = useState<string | null>(null);
  const { price, sku } = product;
  if (price === undefined || price === null) return null;
  const text = typed ?? majorUnits(price);
  const amount = minorUnits(text, price.currency);
  const act = async ({ 'Idempotency-Key': key }: Guard) => {
    if (amount === null) throw new Error(`“${text}” is no amount of ${price.currency} above zero.`);
    const body = { price: { amount, currency: price.currency } };
    const params = { path: { sku }, header: { 'Idempotency-Key': key } };
    await api.PUT('/v1/products/{sku}/price', { params, body });
    setTyped(null);
  };
  return (
    <ActionDialog
      target={productTarget(sku, product.version)}
      label="Set the price"
      title="Set the price"
      confirm="Set it"
      act={act}
    >
      <p>
        Who puts it in a cart from now on pays{' '}
        <strong>{amount === null ? '…' : moneyText({ amount, currency: price.currency })}</strong> instead of{' '}
        {moneyText(price)}. Who has it in a cart is asked to accept the new price at the checkout.
      </p>
      <AmountInput label="Price" currency={price.currency} text={text} isValid={amount !== null} onChange={setTyped} />
    </ActionDialog>
  );
}
