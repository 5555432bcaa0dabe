import { useLocation, useParams } from 'wouter';
import { api } from '../engine.js';
import { EditForm, EditPage, patchOf, type Edited, type Saving } from '../form/index.js';
import { FactsFields } from './facts-fields.js';
import { factsDraft, LABELS, readFacts, type FactsDraft, type ProductFacts } from './product-draft.js';

async function editedProduct(sku: string, signal: AbortSignal | null = null): Promise<Edited<FactsDraft>> {
  const { data } = await api.GET('/v1/products/{sku}', { params: { path: { sku } }, signal });
  if (data === undefined) throw new Error('There is no such product.');
  return { draft: factsDraft(data), version: data.version };
}

/** Changes what a product says of itself. */
export default function ProductEditPage() {
  const sku = decodeURIComponent(useParams<{ sku: string }>().sku ?? '');
  const [, go] = useLocation();
  const back = `/products/${encodeURIComponent(sku)}`;
  const load = (signal?: AbortSignal) => editedProduct(sku, signal);
  const save = async ({ body, before, header }: Saving<ProductFacts>) => {
    const params = { path: { sku }, header };
    await api.PATCH('/v1/products/{sku}', { params, body: patchOf(before, body) });
  };
  const title = `Edit ${sku}`;
  return (
    <EditPage title={title} queryKey={['product', sku]} load={load}>
      {(edited) => (
        <EditForm
          name={`product ${sku}`}
          title={`Edit ${edited.draft.name}`}
          edited={edited}
          read={readFacts}
          save={save}
          reload={load}
          labels={LABELS}
          confirm="Save"
          consequence="Shoppers see it at once. Orders show what was bought as it was."
          back={back}
          onSaved={() => go(back)}
        >
          <FactsFields />
        </EditForm>
      )}
    </EditPage>
  );
}
