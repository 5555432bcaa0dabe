import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'wouter';
import { moneyText, timeText } from '../../../shared/format/index.js';
import { Status } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import type { Page } from '../page.js';
import type { Schema } from '../../../shared/api/index.js';
import { isOrderId } from './find.js';

/** Something that was found and where it is. */
interface Hit {
  readonly value: string;
  readonly path: string;
  readonly title: string;
  readonly note: string;
  readonly status?: string;
}

interface Group {
  readonly value: string;
  readonly items: readonly Hit[];
}

const MOST_ORDERS = 8;
const MOST_PRODUCTS = 5;

const orderHit = (order: Schema<'Order'>): Hit => ({
  value: `order ${order.orderId}`,
  path: `/orders/${order.orderId}`,
  title: order.orderNumber,
  note: [
    order.shippingAddress?.name ?? 'forgotten',
    order.email ?? '',
    moneyText(order.totals.total),
    timeText(order.placedAt),
  ]
    .filter((part) => part !== '')
    .join(' · '),
  status: order.status,
});

async function findOrders(text: string, signal: AbortSignal): Promise<readonly Hit[]> {
  if (isOrderId(text)) {
    const { data } = await api.GET('/v1/orders/{id}', { params: { path: { id: text.trim() } }, signal });
    return data === undefined ? [] : [orderHit(data)];
  }
  const q = text.trim();
  // Without a text, what was ordered last.
  const query = { limit: MOST_ORDERS, ...(q !== '' && { q }) };
  const { data } = await api.GET('/v1/orders', { params: { query }, signal });
  return (data?.items ?? []).map(orderHit);
}

async function findProducts(text: string, signal: AbortSignal): Promise<readonly Hit[]> {
  if (text.trim() === '' || text.includes('@')) return [];
  const { data } = await api.GET('/v1/products', {
    params: { query: { q: text.trim(), limit: MOST_PRODUCTS } },
    signal,
  });
  return (data?.items ?? []).map(({ sku, name, available, price }) => ({
    value: `product ${sku}`,
    path: `/products/${encodeURIComponent(sku)}`,
    title: name,
    note: [sku, price === null ? 'no price' : moneyText(price), `${available} available`].join(' · '),
  }));
}

const pageHits = (text: string, pages: readonly Page[]): readonly Hit[] =>
  pages
    .filter(({ inNav, title }) => inNav && title.toLowerCase().includes(text.trim().toLowerCase()))
    .map(({ path, title }) => ({ value: `page ${path}`, path, title, note: 'page' }));

function useHits(text: string, isOpen: boolean, pages: readonly Page[]) {
  const hasProducts = pages.some(({ path }) => path === '/products/:sku');
  const hasOrders = pages.some(({ path }) => path === '/orders/:id');
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['search', text],
    enabled: isOpen,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const [orders, products] = await Promise.all([
        hasOrders ? findOrders(text, signal) : [],
        hasProducts ? findProducts(text, signal) : [],
      ]);
      return { orders, products };
    },
  });
  const groups: Group[] = [
    { value: text.trim() === '' ? 'Newest orders' : 'Orders', items: data?.orders ?? [] },
    { value: 'Products', items: data?.products ?? [] },
    { value: 'Pages', items: pageHits(text, pages) },
  ];
  // What was found by a text before is shown until what was found by this one is there.
  const isSettled = !isFetching && !isPlaceholderData;
  return { groups: groups.filter(({ items }) => items.length > 0), error, isSettled };
}

interface Answered {
  /** What is shown is the answer to the text as it stands. */
  readonly isCurrent: boolean;
  readonly first: Hit | undefined;
  readonly open: (hit: Hit) => void;
}

/** Who types fast presses Enter before the answer is there: what it has first is opened as soon as it comes. */
function useEnterAhead({ isCurrent, first, open }: Answered) {
  const [isEntered, setEntered] = useState(false);
  useEffect(() => {
    if (!isEntered || !isCurrent) return;
    setEntered(false);
    if (first !== undefined) open(first);
  }, [isEntered, isCurrent]);
  return { wait: () => setEntered(true), forget: () => setEntered(false) };
}

interface SearchPaletteProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly pages: readonly Page[];
}

interface SearchInputProps {
  readonly isCurrent: boolean;
  readonly onEnterAhead: () => void;
}

const SearchInput = ({ isCurrent, onEnterAhead }: SearchInputProps) => (
  <Autocomplete.Input
    className="palette-input"
    aria-label="Search orders and products"
    placeholder="Order number, name, e-mail, postal code, parcel, SKU, product …"
    onKeyDown={(event) => {
      if (event.key !== 'Enter' || isCurrent) return;
      event.preventBaseUIHandler();
      onEnterAhead();
    }}
  />
);

/** One box that finds orders, products and pages; arrows choose, Enter opens. */
export function SearchPalette({ isOpen, onOpenChange, pages }: SearchPaletteProps) {
  const [text, setText] = useState('');
  const sought = useDeferredValue(text);
  const { groups, error, isSettled } = useHits(sought, isOpen, pages);
  const isCurrent = isSettled && sought === text;
  const [, navigate] = useLocation();
  const open = (hit: Hit) => {
    onOpenChange(false);
    setText('');
    navigate(hit.path);
  };
  const enterAhead = useEnterAhead({ isCurrent: isOpen && isCurrent, first: groups[0]?.items[0], open });
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="palette" aria-label="Search">
          <Autocomplete.Root
            open
            inline
            mode="none"
            items={groups}
            value={text}
            onValueChange={(typed) => {
              setText(typed);
              enterAhead.forget();
            }}
            itemToStringValue={(hit: Hit) => hit.title}
            autoHighlight="always"
            keepHighlight
          >
            <SearchInput isCurrent={isCurrent} onEnterAhead={enterAhead.wait} />
            <Dialog.Close className="unseen">Close the search</Dialog.Close>
            <Autocomplete.Empty className="palette-empty">
              {error === null ? (isSettled ? 'Nothing was found.' : 'Searching …') : error.message}
            </Autocomplete.Empty>
            <Autocomplete.List className="palette-list">
              {(group: Group) => <Hits key={group.value} group={group} onOpen={open} />}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const Hits = ({ group, onOpen }: { readonly group: Group; readonly onOpen: (hit: Hit) => void }) => (
  <Autocomplete.Group items={group.items}>
    <Autocomplete.GroupLabel className="palette-label">{group.value}</Autocomplete.GroupLabel>
    <Autocomplete.Collection>
      {(hit: Hit) => (
        <Autocomplete.Item key={hit.value} value={hit} className="palette-item" onClick={() => onOpen(hit)}>
          <span className="palette-title">{hit.title}</span>
          {hit.status === undefined ? null : <Status value={hit.status} />}
          <span className="palette-note">{hit.note}</span>
        </Autocomplete.Item>
      )}
    </Autocomplete.Collection>
  </Autocomplete.Group>
);
