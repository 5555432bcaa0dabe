import type { JudgedKind, JudgedQuery, Judgement } from './judged-query.js';

type Row = readonly [words: string, are: Judgement, first?: number];

const judged = (kind: JudgedKind, rows: readonly Row[]): JudgedQuery[] =>
  rows.map(([words, are, first = 5]) => ({ words, kind, first, are }));

const exact = judged('exact', [
  ['Honey, 12 oz', { name: /^Honey, 12 oz$/ }],
  ['honey', { name: /^Honey, /, category: 'Pnt Btr/Jelly/Jams' }],
  ['bananas', { name: /^Bananas/, category: 'Tropical Fruit' }],
  ['toothpaste', { name: /^Toothpaste$/ }, 10],
  ['shampoo', { name: /^Shampoo$/ }, 10],
  ['tuna', { name: /^Tuna/, category: 'Seafood - Shelf Stable' }],
  ['ham', { name: /\bHams?\b/ }, 10],
  ['butter', { name: /\bButter\b/ }],
  ['spaghetti', { name: /^Spaghetti Dry/ }],
  ['maybelline', { name: /^Maybelline/, category: 'Makeup And Treatment' }],
  ['Peanut Butter, 18 oz', { name: /^Peanut Butter, 18 oz$/ }],
  ['frozen pizza', { name: /^Frozen Pizza/ }],
  ['celery', { name: /^Celery/ }],
  ['sugar', { name: /^Sugar\b/, category: 'Sugars/Sweetners' }],
  ['catsup', { name: /^Catsup/ }],
]);

const sku = judged('sku', [
  ['1000237', { sku: '1000237' }, 1],
  ['26691', { sku: '26691', name: /^Honey/ }, 1],
  ['18316298', { sku: '18316298' }, 1],
]);

const prefix = judged('prefix', [
  ['tooth', { name: /\bTooth/ }],
  ['shamp', { name: /\bShampoo/ }],
  ['spagh', { name: /\bSpaghetti/ }],
  ['choc', { name: /\bChoc/ }],
  ['peanut but', { name: /Peanut Butter/ }],
  ['macar', { name: /^Macaroni/ }],
  ['straw', { name: /^Straw/ }],
  ['margar', { name: /^Margarine/ }],
  ['laundry det', { name: /Laundry Detergent/ }],
  ['avoc', { name: /^Avocado/ }],
]);

const plural = judged('plural', [
  ['banana', { name: /^Bananas/ }],
  ['tomato', { name: /^Tomato/ }],
  ['tomatoes', { name: /^Tomato/ }],
  ['strawberry', { name: /^Strawberries/ }],
  ['cherry', { name: /Cherr(y|ies)/ }],
  ['cookie', { name: /^Cookies/ }],
  ['mushroom', { name: /^Mushrooms/ }],
  ['shampoos', { name: /Shampoo/ }],
  ['battery', { name: /Batteries/ }],
  ['egg', { name: /\bEggs?\b/ }],
  ['toothpastes', { name: /^Toothpaste/ }],
  ['pickle', { name: /\bPickles?\b/ }],
  ['loaves', { name: /Loaf|Loave/ }],
  ['avocados', { name: /^Avocado/ }],
]);

const oneTypo = judged('one typo', [
  ['suger', { name: /^Sugar/ }],
  ['bananna', { name: /^Bananas/ }],
  ['brocoli', { name: /^Broccoli/ }],
  ['spagetti', { name: /Spaghetti/ }],
  ['shampo', { name: /Shampoo/ }],
  ['hoeny', { name: /\bHoney/ }],
  ['yoghurt', { name: /\bYogurt/ }],
  ['deterjent', { name: /Detergent/ }],
  ['avacado', { name: /^Avocado/ }],
  ['peenut', { name: /\bPeanut/ }],
  ['toothpast', { name: /^Toothpaste/ }],
  ['maccaroni', { name: /Macaroni/ }],
]);

const twoTypos = judged('two typos', [
  ['brocolli', { name: /^Broccoli/ }],
  ['tooothpasste', { name: /^Toothpaste/ }],
  ['spagheti dri', { name: /Spaghetti Dry/ }],
  ['margerin', { name: /^Margarine/ }],
  ['strawbarries', { name: /^Strawberries/ }],
  ['detergnet', { name: /Detergent/ }],
  ['conditoiner', { name: /Conditioner/ }],
  ['watermellan', { name: /^Watermelon/ }],
]);

const severalWords = judged('several words', [
  ['peanut butter', { name: /^Peanut Butter/ }, 10],
  ['butter peanut', { name: /Peanut Butter/ }],
  ['apple juice', { name: /^Apple Juice/ }],
  ['cream cheese', { name: /Cream Cheese/ }],
  ['chicken breast', { name: /Chicken Breast/ }],
  ['chiken breast', { name: /Chicken Breast/ }],
  ['macaroni and cheese', { name: /Macaroni & Cheese/ }],
  ['mac cheese', { name: /Macaroni & Cheese/ }],
  ['olive oil', { name: /Olive Oil/ }],
  ['toilet tissue', { name: /Toilet Tissue/ }],
  ['dog food', { category: /^Dog Food/ }],
  ['milk chocolate', { name: /Chocolate Milk/ }, 3],
  ['honey 24 oz', { name: /^Honey, 24 oz/ }, 1],
  ['strawberries xyzzyq', { name: /^Strawberries/ }],
]);

const brand = [
  ...judged('brand', [
    ['private cookies', { brand: 'Private', name: /^Cookies/ }, 10],
    ['national honey', { brand: 'National', name: /^Honey/ }],
    ['covergirl', { name: /^Covergirl/ }],
    ['private toothpaste', { brand: 'Private', name: /^Toothpaste/ }],
  ]),
  { words: 'honey', kind: 'brand', filter: { brand: 'Private' }, first: 5, are: { brand: 'Private', name: /^Honey/ } },
] satisfies JudgedQuery[];

const category = [
  ...judged('category', [
    ['frozen pizza', { name: /Pizza/, category: /Frozen/ }],
    ['greeting cards', { category: 'Greeting Cards/Wrap/Party Sply' }],
    ['makeup', { category: 'Makeup And Treatment' }],
    ['cat litter', { category: 'Cat Litter' }],
    ['tropical fruit', { category: 'Tropical Fruit' }],
    ['pet care', { category: 'Pet Care Supplies' }],
  ]),
  {
    words: 'chocolate',
    kind: 'category',
    filter: { category: 'Fluid Milk Products' },
    first: 5,
    are: { name: /Chocolate Milk/, category: 'Fluid Milk Products' },
  },
] satisfies JudgedQuery[];

/** Case, accents, punctuation, spaces. */
const form = judged('form', [
  ['HONEY', { name: /^Honey/ }],
  ['  hôney!! ', { name: /^Honey/ }],
  ['"peanut" + (butter)', { name: /Peanut Butter/ }],
  ['icecream', { name: /Ice Cream/ }],
  ['toothpaste 6.4oz', { name: /^Toothpaste, 6\.4 oz/ }, 3],
  ['NOT honey*', { name: /Honey/ }],
]);

const nonsense = judged('nonsense', [
  ['xyzzyq', {}, 0],
  ['qwrtpsdfg hjklzxcv', {}, 0],
  ['💥💥💥', {}, 0],
  ['---', {}, 0],
  ['дыкщзх', {}, 0],
  ['zzzzzzzzzzzzzzzzzzzz', {}, 0],
]);

export const judgedQueries: readonly JudgedQuery[] = [
  ...exact,
  ...sku,
  ...prefix,
  ...plural,
  ...oneTypo,
  ...twoTypos,
  ...severalWords,
  ...brand,
  ...category,
  ...form,
  ...nonsense,
];
