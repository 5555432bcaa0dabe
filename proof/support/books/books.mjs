// The books that a log makes: stock, money and orders.
import { MoneyBooks } from './money-books.mjs';
import { OrderBooks } from './order-books.mjs';
import { StockBooks } from './stock-books.mjs';

/** The books of these events. */
export function booksOf(events) {
  const books = { stock: new StockBooks(), money: new MoneyBooks(), orders: new OrderBooks() };
  const keepers = { inventory: books.stock, payment: books.money, order: books.orders, cart: books.orders };
  for (const event of events) keepers[event.category]?.add(event);
  return books;
}

/** What is wrong in them, of a shop that has settled. */
export function booksFaults(events, books = booksOf(events)) {
  return [...Object.values(books).flatMap(({ faults }) => faults), ...books.orders.settledFaults(books)];
}
