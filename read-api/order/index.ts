import { GetOrderCausationHandler } from './get-order-causation.query.js';
import { DiffOrderHandler } from './diff-order.query.js';
import { OrderExplained } from './explain-order.js';
import { FindOrdersHandler } from './find-orders.query.js';
import { GetOrderAsOfHandler } from './get-order-as-of.query.js';
import { GetOrderGiftCardsHandler } from './get-order-gift-cards.query.js';
import { GetOrderHistoryHandler } from './get-order-history.query.js';
import { GetOrderHandler } from './get-order.query.js';
import { HistoryChanges } from './history-changes.js';
import { ListOrderNotesHandler } from './list-order-notes.query.js';
import { ListOrdersHandler } from './list-orders.query.js';
import { OrderReadsController } from './orders.controller.js';
import { OrderEventsReader } from './order-events.js';
import { OrderSagasReader } from './order-sagas.js';
import { SealedOrderEvents } from './sealed-order-events.js';
import { StockEventsOfOrder } from './order-streams.js';
import { ParkedOrders } from './parked-orders.js';
import { VerifyOrderHandler } from './verify-order.query.js';

export { titleOf } from './event-titles.js';

export const orderReads = {
  controllers: [OrderReadsController],
  handlers: [
    DiffOrderHandler,
    FindOrdersHandler,
    GetOrderHandler,
    GetOrderAsOfHandler,
    GetOrderGiftCardsHandler,
    GetOrderHistoryHandler,
    HistoryChanges,
    ListOrderNotesHandler,
    ListOrdersHandler,
    OrderEventsReader,
    OrderExplained,
    OrderSagasReader,
    GetOrderCausationHandler,
    ParkedOrders,
    SealedOrderEvents,
    StockEventsOfOrder,
    VerifyOrderHandler,
  ],
};
