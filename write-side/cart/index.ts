import {
  CartChanges,
  OpenCartHandler,
  AddCartItemHandler,
  ChangeCartItemHandler,
  RemoveCartItemHandler,
} from './cart.handlers.js';
import { CartsController } from './carts.controller.js';
import { CartCouponsController } from './cart-coupons.controller.js';
import { AddCartCouponHandler, RemoveCartCouponHandler } from './coupon.handlers.js';
import { CheckOutCartHandler, CheckoutWatch, FailedPromotions } from './check-out-cart.handler.js';
import { CheckoutFacts, CheckoutQuota } from './checkout-facts.js';
import { CheckoutController } from './checkout.controller.js';
import { NamedGiftCards } from './named-gift-cards.js';

export const cartWrites = {
  controllers: [CartsController, CartCouponsController, CheckoutController],
  handlers: [
    CartChanges,
    OpenCartHandler,
    AddCartItemHandler,
    ChangeCartItemHandler,
    RemoveCartItemHandler,
    AddCartCouponHandler,
    RemoveCartCouponHandler,
    CheckOutCartHandler,
    CheckoutFacts,
    CheckoutQuota,
    CheckoutWatch,
    FailedPromotions,
    NamedGiftCards,
  ],
};
