import { CARD_SKU, WELCOME_CODE } from './demo-offers.js';

const HOME = { country: 'US' };

/** The buyers of the demo shop: customers whose tokens have this `sub`. */
export const DEMO_BUYERS = {
  ada: {
    ...HOME,
    name: 'Ada Whitfield',
    line1: '12 Orchard Lane',
    city: 'Springfield',
    region: 'IL',
    postalCode: '62701',
  },
  ben: { ...HOME, name: 'Ben Okafor', line1: '480 Harbor Street', city: 'Boston', region: 'MA', postalCode: '02110' },
  chloe: {
    ...HOME,
    name: 'Chloé Marchand',
    line1: '7 Rue Royale',
    city: 'New Orleans',
    region: 'LA',
    postalCode: '70116',
  },
  dai: {
    ...HOME,
    name: 'Dai Nakamura',
    line1: '2210 Pine Street',
    city: 'San Francisco',
    region: 'CA',
    postalCode: '94115',
  },
  elif: {
    ...HOME,
    name: 'Elif Yılmaz',
    line1: '31 Prospect Avenue',
    city: 'Paterson',
    region: 'NJ',
    postalCode: '07505',
  },
  frank: {
    ...HOME,
    name: 'Frank Müller',
    line1: '905 Mill Road',
    city: 'Milwaukee',
    region: 'WI',
    postalCode: '53202',
  },
  grace: {
    ...HOME,
    name: 'Grace Adeyemi',
    line1: '66 Peachtree Place',
    city: 'Atlanta',
    region: 'GA',
    postalCode: '30309',
  },
  hugo: { ...HOME, name: 'Hugo Santos', line1: '1500 Ocean Drive', city: 'Miami', region: 'FL', postalCode: '33139' },
} as const;

/**
 * The step to take with a confirmed order. `ship-first` ships its first line alone, `refund-one` refunds one dollar. Steps are taken
 * in order, each once the one before has been carried out.
 */
export type DemoStep = 'ship-first' | 'ship' | 'deliver' | 'cancel' | 'refund-one' | 'refund';

export interface DemoOrder {
  readonly buyer: keyof typeof DEMO_BUYERS;
  readonly lines: readonly (readonly [sku: string, quantity: number])[];
  /** Sandbox payment token; `tok_ok` where none is named. */
  readonly token?: string;
  /** Code of a coupon that is handed in. */
  readonly code?: string;
  /** Paid from the gift card first. */
  readonly byGiftCard?: true;
  readonly steps?: readonly DemoStep[];
}

const BREAKFAST = [
  ['1054262', 1],
  ['1029743', 1],
  ['1014802', 2],
] as const;
const SALAD = [
  ['1055646', 2],
  ['1021522', 1],
  ['1058779', 1],
] as const;
const PASTA = [
  ['1091499', 2],
  ['1031083', 2],
  ['1096036', 1],
] as const;
const GRILL = [
  ['1044078', 3],
  ['826249', 2],
  ['1111072', 1],
  ['5569230', 1],
] as const;
const CLEAN = [
  ['1044724', 1],
  ['10149640', 1],
  ['9487927', 2],
] as const;
const FRUIT = [
  ['1082185', 5],
  ['1028816', 4],
  ['820165', 6],
] as const;
const PETS = [
  ['1028421', 8],
  ['10285149', 4],
] as const;
const FREEZER = [
  ['1062128', 1],
  ['1127624', 3],
] as const;
/** A quantity of the second line that the shop does not have. */
const PARTY = [
  ['1123035', 2],
  ['1048507', 9_000],
] as const;

const CARDS = [[CARD_SKU, 2]] as const;
const SALAD_AND_CARD = [...SALAD, [CARD_SKU, 1]] as const;

const done = ['ship', 'deliver'] as const;
const inParts = ['ship-first', 'ship', 'deliver'] as const;

/** Orders in every state that an order can be in, the frequent ones more often. The last one ends with its checkout. */
export const DEMO_ORDERS: readonly DemoOrder[] = [
  { buyer: 'ada', lines: BREAKFAST, steps: done },
  { buyer: 'ben', lines: PASTA, steps: done },
  { buyer: 'chloe', lines: SALAD, steps: done },
  { buyer: 'dai', lines: FRUIT, steps: done },
  { buyer: 'elif', lines: GRILL, steps: inParts },
  { buyer: 'frank', lines: CLEAN, code: WELCOME_CODE, steps: done },
  { buyer: 'grace', lines: PETS, byGiftCard: true, steps: done },
  { buyer: 'hugo', lines: FREEZER, steps: done },
  { buyer: 'ada', lines: PASTA, steps: inParts },
  { buyer: 'ben', lines: FRUIT, steps: done },
  { buyer: 'chloe', lines: GRILL, steps: [...done, 'refund-one'] },
  { buyer: 'dai', lines: CLEAN, steps: [...done, 'refund'] },
  { buyer: 'elif', lines: BREAKFAST, token: 'tok_declined' },
  { buyer: 'elif', lines: BREAKFAST, steps: done },
  { buyer: 'frank', lines: PARTY },
  { buyer: 'frank', lines: FREEZER, steps: done },
  { buyer: 'grace', lines: SALAD, token: 'tok_insufficient_funds' },
  { buyer: 'hugo', lines: PASTA, token: 'tok_error', steps: done },
  { buyer: 'ada', lines: CLEAN, steps: ['cancel'] },
  { buyer: 'ben', lines: CARDS },
  { buyer: 'chloe', lines: PETS, steps: ['ship'] },
  { buyer: 'dai', lines: GRILL, steps: ['ship-first', 'cancel'] },
  { buyer: 'elif', lines: FRUIT, steps: ['ship', 'refund-one'] },
  { buyer: 'frank', lines: SALAD, steps: ['ship'] },
  { buyer: 'grace', lines: GRILL, steps: inParts },
  { buyer: 'hugo', lines: BREAKFAST, steps: ['cancel'] },
  { buyer: 'ada', lines: FRUIT, steps: done },
  { buyer: 'ben', lines: CLEAN, token: 'tok_capture_fails', steps: ['ship'] },
  { buyer: 'chloe', lines: BREAKFAST, steps: ['ship'] },
  { buyer: 'dai', lines: PASTA, steps: ['ship-first'] },
  { buyer: 'elif', lines: PETS, steps: ['ship-first'] },
  { buyer: 'frank', lines: GRILL, token: 'tok_declined' },
  { buyer: 'frank', lines: GRILL, steps: ['ship-first'] },
  { buyer: 'grace', lines: SALAD_AND_CARD, steps: done },
  { buyer: 'hugo', lines: SALAD, steps: ['cancel'] },
  { buyer: 'ada', lines: GRILL },
  { buyer: 'ben', lines: SALAD },
  { buyer: 'grace', lines: FRUIT },
  { buyer: 'hugo', lines: CLEAN },
  { buyer: 'chloe', lines: PASTA },
];
