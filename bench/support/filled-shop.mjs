// A data directory with orders in it, filled once a revision and opened anew in each round.
import { scrape, settled, temporaryDirectory } from './engine.mjs';
import { openShop, placeOrders } from './shop.mjs';

/** Fills a new directory with `size` orders over HTTP; the engine is stopped again. */
export async function filledShop({ subject, size, directory }) {
  const { path } = temporaryDirectory(directory);
  const { engine, skus } = await openShop(subject, path);
  const orders = await placeOrders(engine, skus, size);
  await settled(engine);
  const { cartwright_log_position: events } = await scrape(engine);
  await engine.stop();
  return { path, skus, orders, events };
}
