export { booksBalance, type Received } from './books.js';
export { AUTH_SECRET, type EngineProcess } from './engine-process.js';
export { useEngines, type Engines } from './engines.js';
export { eventually, until } from './eventually.js';
export { expectStatus, HttpClient, tokenOf, type Reply } from './http-client.js';
export { address, checkoutBody, Shop, type Line } from './shop.js';
export { Shoppers } from './shoppers.js';
export { answeredOtherwise, brokenPromises } from './shopping-record.js';
