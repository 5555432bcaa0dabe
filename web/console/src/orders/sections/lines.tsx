import type { Schema } from '../../../../shared/api/index.js';
import { Amount, Asked, Field } from '../../../../shared/ui/index.js';

type Line = Schema<'OrderLine'>;

/** What was bought, at which price, and what became of it. */
export function Lines({ order }: { readonly order: Schema<'Order'> }) {
  return (
    <section className="card wide" aria-labelledby="lines">
      <h2 id="lines">What was bought</h2>
      <table className="table rows">
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col" className="end">
              Quantity
            </th>
            <th scope="col" className="end">
              Unit price
            </th>
            <th scope="col" className="end">
              Discount
            </th>
            <th scope="col" className="end">
              With tax
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line, index) => (
            <LineRow key={line.lineId} line={line} at={`/lines/${index}`} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LineRow({ line, at }: { readonly line: Line; readonly at: string }) {
  return (
    <tr>
      <td data-label="Product">
        <bdi>
          <Field field={`${at}/name`}>{line.name}</Field>
        </bdi>
        <div className="soft small">
          <Field field={`${at}/sku`} mono>
            {line.sku}
          </Field>
          <Options line={line} at={at} />
        </div>
        <Parts line={line} at={at} />
      </td>
      <td data-label="Quantity" className="end">
        <Asked field={`${at}/quantity`}>{line.quantity}</Asked>
        <Became line={line} at={at} />
      </td>
      <td data-label="Unit price" className="end">
        <Amount field={`${at}/unitPrice`} value={line.unitPrice} />
      </td>
      <td data-label="Discount" className="end">
        <Discounts line={line} at={at} />
      </td>
      <td data-label="With tax" className="end">
        <Amount field={`${at}/gross`} value={line.gross} />
        <Taxes line={line} at={at} />
      </td>
    </tr>
  );
}

const Options = ({ line: { options = [] }, at }: { readonly line: Line; readonly at: string }) => (
  <>
    {options.map(({ code, name, value }, index) => (
      <span key={code}>
        {' · '}
        {name}: <Field field={`${at}/options/${index}/value/name`}>{value.name}</Field>
      </span>
    ))}
  </>
);

/** What a bundle is made of. */
const Parts = ({ line: { components = [] }, at }: { readonly line: Line; readonly at: string }) => (
  <>
    {components.map(({ sku, quantity, amount }, index) => (
      <div key={sku} className="soft small">
        <Asked field={`${at}/components/${index}/quantity`}>{quantity}</Asked> ×{' '}
        <Field field={`${at}/components/${index}/sku`} mono>
          {sku}
        </Field>{' '}
        for <Amount field={`${at}/components/${index}/amount`} value={amount} />
      </div>
    ))}
  </>
);

const Became = ({ line, at }: { readonly line: Line; readonly at: string }) => (
  <div className="soft small">
    <Asked field={`${at}/quantityShipped`}>{line.quantityShipped}</Asked> shipped
    {line.quantityCancelled === 0 ? null : (
      <>
        , <Asked field={`${at}/quantityCancelled`}>{line.quantityCancelled}</Asked> cancelled
      </>
    )}
  </div>
);

const Discounts = ({ line, at }: { readonly line: Line; readonly at: string }) => (
  <>
    <Amount field={`${at}/discount`} value={line.discount} />
    {line.discounts.map(({ promotionId, name }, index) => (
      <div key={promotionId} className="soft small">
        <Field field={`${at}/discounts/${index}/name`}>{name}</Field>
      </div>
    ))}
  </>
);

const Taxes = ({ line, at }: { readonly line: Line; readonly at: string }) => (
  <>
    {line.taxes.map(({ name, rate, included, amount }, index) => (
      <div key={`${name}${rate}`} className="soft small">
        {included ? 'contains' : 'with'} <Field field={`${at}/taxes/${index}/name`}>{name}</Field>{' '}
        <Amount field={`${at}/taxes/${index}/amount`} value={amount} />
      </div>
    ))}
  </>
);
