// The books that a log makes: stock, money, gift cards and orders.
import { GiftCardBooks } from './gift-card-books.mjs';
import { MoneyBooks } from './money-books.mjs';
import { OrderBooks } from './order-books.mjs';
import { StockBooks } from './stock-books.mjs';

/** The books of these events. */
export function booksOf(events) {
  const books = {
    stock: new StockBooks(),
    money: new MoneyBooks(),
    cards: new GiftCardBooks(),
    orders: new OrderBooks(),
  };
  const keepers = {
    inventory: [books.stock],
    payment: [books.money],
    giftcard: [books.money, books.cards],
    order: [books.orders],
    cart: [books.orders],
  };
  for (const event of events) for (const keeper of keepers[event.category] ?? []) keeper.add(event);
  return books;
}

/** What is wrong in them, of a shop that has settled. */
export function booksFaults(events, books = booksOf(events)) {
  return [...Object.values(books).flatMap(({ faults }) => faults), ...books.orders.settledFaults(books)];
}
