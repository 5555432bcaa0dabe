import { useMemo } from 'preact/hooks';
import { Link, useParams, useSearchParams } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { hasStatus } from '../../../shared/api/index.js';
import { timeText } from '../../../shared/format/index.js';
import { Alert, DiffersContext } from '../../../shared/ui/index.js';
import { OrderActions } from './actions/order-actions.js';
import { differing } from './pointer.js';
import { OrderHead } from './sections/order-head.js';
import { Lines } from './sections/lines.js';
import { Money } from './sections/money.js';
import { Notes } from './sections/notes.js';
import { People } from './sections/people.js';
import { Shipments } from './sections/shipments.js';
import { Timeline } from './sections/timeline-list.js';
import { TimeSlider } from './sections/time-slider.js';
import { WhyOfOrder } from './why/why-of-order.js';
import { Verification } from './sections/verification.js';
import { momentsOf } from './timeline.js';
import { useHistory, useOrder, useOrderAsOf } from './use-order.js';

type Order = Schema<'Order'>;

/** One order with all that is known of it: as it is, or as it was at the time that the slider stands at. */
export default function OrderPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { data: present, error } = useOrder(id);
  if (present === undefined) {
    return (
      <>
        <h1>Order</h1>
        {error === null ? <p className="soft">Loading …</p> : <Alert error={error} />}
      </>
    );
  }
  return <Present key={id} present={present} />;
}

function Present({ present }: { readonly present: Order }) {
  const id = present.orderId;
  const [search, setSearch] = useSearchParams();
  const asOf = search.get('asOf');
  const past = useOrderAsOf(id, asOf);
  // Part of the order is what other streams know, so all of it tells whether there is something new.
  const history = useHistory(id, JSON.stringify(present));
  const moments = momentsOf(history.entries, id);
  const shown = asOf === null ? present : past.data;
  const differs = useMemo(() => differing(shown, asOf === null ? shown : present), [shown, present, asOf]);
  const goTo = (at: string | null) => setSearch(at === null ? {} : { asOf: at }, { replace: true });
  return (
    <DiffersContext.Provider value={differs}>
      <WhyOfOrder orderId={id} asOf={asOf}>
        <OrderHead order={shown ?? present}>
          <Verification order={present} />
          <Looks orderId={id} />
          {asOf === null ? <OrderActions order={present} /> : null}
        </OrderHead>
        <TimeSlider moments={moments} asOf={asOf} onChange={goTo} />
        <Alert error={history.error} />
        {asOf !== null && past.error !== null ? <NotThen error={past.error} asOf={asOf} /> : null}
        {shown === undefined ? null : <Sections order={shown} />}
        {asOf === null ? <Notes order={present} /> : null}
        <Timeline
          entries={history.entries}
          asOf={asOf}
          onChoose={goTo}
          onMore={history.hasMore ? history.loadMore : null}
        />
      </WhyOfOrder>
    </DiffersContext.Provider>
  );
}

const Sections = ({ order }: { readonly order: Order }) => (
  <div className="order-grid">
    <Lines order={order} />
    <Money order={order} />
    <div className="stack">
      <Shipments order={order} />
      <People order={order} />
    </div>
  </div>
);

/** Other ways to look at the order. */
const Looks = ({ orderId }: { readonly orderId: string }) => (
  <p className="facts">
    <Link href={`/orders/${orderId}/causation`}>Causation</Link>
    <Link href={`/orders/${orderId}/changes`}>Compare two moments</Link>
  </p>
);

function NotThen({ error, asOf }: { readonly error: unknown; readonly asOf: string }) {
  const isBefore = hasStatus(error, 404) && !Number.isNaN(Date.parse(asOf));
  return <Alert error={isBefore ? new Error(`The order did not exist yet at ${timeText(asOf)}.`) : error} />;
}
