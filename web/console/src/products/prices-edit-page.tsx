import { useLocation, useParams } from 'wouter';
import { api } from '../engine.js';
import { EditForm, EditPage, MoneyField, Rows, TextField, TimeField, type Edited, type Saving } from '../form/index.js';
import { useShopZone } from '../shop-zone.js';
import { labelsOf, NO_PRICE, pricesDraft, readPrices, type Prices, type PricesDraft } from './prices-draft.js';

interface Asked {
  readonly sku: string;
  readonly zone: string;
  readonly signal?: AbortSignal | undefined;
}

/** The revision is asked for first: prices that are changed between the two are a 412, and not overwritten. */
async function editedPrices({ sku, zone, signal: asked }: Asked): Promise<Edited<PricesDraft>> {
  const [params, signal] = [{ path: { sku } }, asked ?? null];
  const { data: product } = await api.GET('/v1/products/{sku}', { params, signal });
  const { data } = await api.GET('/v1/products/{sku}/prices', { params, signal });
  if (product === undefined || data === undefined) throw new Error('There is no such product.');
  return { draft: pricesDraft(data.prices, zone), version: product.version };
}

/** Sets all prices of a product. */
export default function PricesEditPage() {
  const sku = decodeURIComponent(useParams<{ sku: string }>().sku ?? '');
  const [, go] = useLocation();
  const { data: zone } = useShopZone();
  const title = `Prices of ${sku}`;
  if (zone === undefined) return <h1>{title}</h1>;
  const back = `/products/${encodeURIComponent(sku)}`;
  const load = (signal?: AbortSignal) => editedPrices({ sku, zone, signal });
  const save = async ({ body, header }: Saving<Prices>) => {
    await api.PUT('/v1/products/{sku}/prices', { params: { path: { sku }, header }, body });
  };
  return (
    <EditPage title={title} queryKey={['prices', sku]} load={load}>
      {(edited) => (
        <EditForm
          name={`prices of ${sku}`}
          title={title}
          edited={edited}
          read={(draft: PricesDraft) => readPrices(draft, zone)}
          save={save}
          reload={load}
          labels={labelsOf(zone)}
          confirm="Save"
          consequence="Who puts it in a cart from now on pays by them. Who has it in a cart is asked to accept another price at the checkout."
          back={back}
          onSaved={() => go(back)}
        >
          <Rows
            name="prices"
            label="Prices"
            one="price"
            empty={NO_PRICE}
            help="Of several that hold, that of the list with the highest priority counts, then the one with more conditions, then the lowest."
          >
            {(name) => <PriceFields name={name} zone={zone} />}
          </Rows>
        </EditForm>
      )}
    </EditPage>
  );
}

/** A price with the conditions that all have to hold for it; none has to where they are left empty. */
const PriceFields = ({ name, zone }: { readonly name: string; readonly zone: string }) => (
  <>
    <MoneyField name={name} label="Amount" />
    <div className="pair even-pair">
      <TextField name={`${name}.minQuantity`} label="Units from" keys="numeric" help="2 or more." />
      <TextField name={`${name}.customerGroup`} label="Customer group" max={100} />
      <TextField name={`${name}.channel`} label="Channel" isMono help="Its code." />
      <TextField name={`${name}.list`} label="Price list" isMono help="Its code." />
    </div>
    <div className="pair even-pair times">
      <TimeField name={`${name}.from`} label="From" zone={zone} />
      <TimeField name={`${name}.to`} label="Until" zone={zone} />
    </div>
  </>
);
