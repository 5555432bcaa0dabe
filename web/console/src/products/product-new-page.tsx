import { useLocation } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { api } from '../engine.js';
import { ChoiceField, EditForm, MoneyField, TextField, type Saving } from '../form/index.js';
import { FactsFields } from './facts-fields.js';
import { LABELS, NO_PRODUCT, readNewProduct } from './product-draft.js';

type NewProduct = Schema<'CreateProductBody'>;

const NOTHING = { draft: NO_PRODUCT, version: null };

const KINDS = [
  ['physical', 'goods that are shipped'],
  ['gift-card', 'a gift card'],
] as const;

async function create({ body, header }: Saving<NewProduct>): Promise<string> {
  await api.POST('/v1/products', { params: { header }, body });
  return body.sku;
}

/** Adds a product to the catalogue. */
export default function ProductNewPage() {
  const [, go] = useLocation();
  return (
    <EditForm
      name="a new product"
      title="A new product"
      edited={NOTHING}
      read={readNewProduct}
      save={create}
      labels={LABELS}
      confirm="Create it"
      consequence="Shoppers find it at once. Nobody can buy it before its stock is received; gift cards need none."
      back="/products"
      onSaved={(sku) => go(`/products/${encodeURIComponent(sku)}`)}
    >
      <div className="pair even-pair">
        <TextField name="sku" label="SKU" isMono isRequired help="Names it for ever, in every order." />
        <ChoiceField name="kind" label="What it is" choices={KINDS} help="It stays what it is." />
      </div>
      <MoneyField name="price" label="Price" help="Of one unit, for everybody." />
      <FactsFields />
    </EditForm>
  );
}
