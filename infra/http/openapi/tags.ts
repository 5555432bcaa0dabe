/** Every resource once, in the order in which a shop meets them. */
export const TAGS: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'products', description: 'The catalogue: find products, read one, and, as `admin`, keep them.' },
  {
    name: 'carts',
    description: 'Carts from the first item to the checkout. Whoever knows the id of a cart may use it.',
  },
  {
    name: 'orders',
    description: 'What was bought: by its buyer, by support, and everything that ever happened to it.',
  },
  { name: 'shipments', description: 'What leaves the house and arrives.' },
  { name: 'payments', description: 'Money of an order, with the facts that its balances are folded from.' },
  { name: 'inventory', description: 'Stock by location: read, watched live, received and adjusted.' },
  { name: 'pricing', description: 'By what carts are taxed, shipped and rounded.' },
  { name: 'promotions', description: 'What is taken off carts, for whom and when, with windows, limits and uses.' },
  { name: 'price-lists', description: 'Lists of prices that count for a time, for groups, channels or countries.' },
  { name: 'channels', description: 'Where and how the shop sells: currencies, countries, language, time zone.' },
  {
    name: 'gift-cards',
    description: 'Money on cards: issued, kept and blocked by `admin`, spent by whoever has the code.',
  },
  { name: 'coupons', description: 'Codes of promotions: created, listed and deactivated by staff.' },
  { name: 'explain', description: 'Why a number, a state or a time is what it is, by the events behind it.' },
  { name: 'reports', description: 'Sums for analysts.' },
  { name: 'sagas', description: 'Processes that go on by themselves: their steps, and what they wait for.' },
  { name: 'events', description: 'The log itself, as a feed that can be resumed, and the types of its events.' },
  { name: 'webhooks', description: 'What others call: the payment provider.' },
  { name: 'operations', description: 'For who runs the engine: health, metrics, state of the read models.' },
];
