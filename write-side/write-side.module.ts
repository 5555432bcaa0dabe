import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CartsController } from './cart/carts.controller.js';
import { CheckoutQuota } from './cart/checkout-quota.js';
import { CheckoutWatch } from './cart/checkout-watch.js';
import { CheckoutController } from './cart/checkout.controller.js';
import { CheckoutService } from './cart/checkout.service.js';
import { ProductsController } from './catalog/products.controller.js';
import { InventoryController } from './inventory/inventory.controller.js';
import { OrderDocuments } from './order/order-documents.js';
import { OrdersController } from './order/orders.controller.js';
import { PaymentWebhooksController } from './payment/payment-webhooks.controller.js';
import { ExecuteCommandHandler } from './shared/execute-command.js';
import { KeyedRequests } from './shared/keyed-requests.js';
import { ProductFacts } from './shared/product-facts.js';
import { WriteGate } from './shared/write-gate.js';
import { ShippingController } from './shipping/shipping.controller.js';

/**
 * The command API. Expects from a global module: CONFIG, PRICING_POLICY, EVENT_STORE, KEY_STORE, PAYMENT_PROVIDERS,
 * COMMAND_EXECUTOR, EVENT_WATCH, KEPT_OUTCOMES.
 */
@Module({
  imports: [CqrsModule],
  controllers: [
    ProductsController,
    InventoryController,
    CartsController,
    CheckoutController,
    OrdersController,
    ShippingController,
    PaymentWebhooksController,
  ],
  providers: [
    ExecuteCommandHandler,
    WriteGate,
    KeyedRequests,
    ProductFacts,
    CheckoutQuota,
    CheckoutService,
    CheckoutWatch,
    OrderDocuments,
  ],
})
export class WriteSideModule {}
