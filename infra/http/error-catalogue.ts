/** One row of the catalogue: the HTTP status and the title that a code always has. */
export interface ErrorEntry {
  readonly status: number;
  readonly title: string;
}

const entry = (status: number, title: string): ErrorEntry => ({ status, title });

/** Every stable code that an answer can carry. A spec fails when this and the code base disagree. */
export const ERROR_CATALOGUE = {
  'ADDRESS.UNKNOWN_REGION': entry(422, 'The region is not known'),

  'AUTH.FORBIDDEN': entry(403, 'Not allowed'),
  'AUTH.KEYS_UNAVAILABLE': entry(503, 'Tokens cannot be verified at the moment'),
  'AUTH.REQUIRED': entry(401, 'Credentials are required'),

  'CART.COUPON_NOT_FOUND': entry(404, 'The coupon is not in the cart'),
  'CART.CURRENCY_MISMATCH': entry(409, 'The product has another currency than the cart'),
  'CART.EMPTY': entry(409, 'The cart is empty'),
  'CART.ITEM_NOT_FOUND': entry(404, 'The item is not in the cart'),
  'CART.NOT_FOUND': entry(404, 'No such cart'),
  'CART.NOT_OPEN': entry(409, 'The cart is not open'),
  'CART.PRICE_CHANGED': entry(409, 'Prices have changed'),
  'CART.QUANTITY_TOO_LARGE': entry(409, 'Too many units in one line'),
  'CART.TOO_LARGE': entry(409, 'Too many lines or changes in the cart'),
  'CART.TOTAL_CHANGED': entry(409, 'The total is not the expected one'),
  'CART.TOTAL_TOO_LARGE': entry(409, 'The total is too large'),

  'CHANNEL.CODE_TAKEN': entry(409, 'The code of the channel is taken'),
  'CHANNEL.INVALID': entry(422, 'The channel is not valid'),
  'CHANNEL.NOT_FOUND': entry(404, 'No such channel'),
  'CHANNEL.NOT_SOLD': entry(422, 'Not sold in this channel'),

  'CHECKOUT.PAUSED': entry(429, 'Too many checkouts came to nothing'),
  'CHECKOUT.STOPPED': entry(409, 'The shop has ended the checkout'),
  'CHECKOUT.TOO_MANY_PENDING': entry(429, 'Too many checkouts are not settled'),

  'COMMAND.TOO_LARGE': entry(413, 'What would be recorded is too large'),

  'COUPON.CODE_TAKEN': entry(409, 'The code is taken'),
  'COUPON.EXPIRED': entry(409, 'What the coupon was for has ended'),
  'COUPON.INVALID': entry(422, 'The coupons are not valid'),
  'COUPON.NOT_COMBINABLE': entry(409, 'The coupon does not go with another one'),
  'COUPON.UNKNOWN': entry(404, 'No such coupon'),
  'COUPON.USED_UP': entry(409, 'The coupon is used up'),

  'CURSOR.EXPIRED': entry(400, 'The cursor has expired'),

  'CUSTOMER.HAS_OPEN_ORDERS': entry(409, 'The customer has open orders'),

  'EVENT_TYPE.NOT_FOUND': entry(404, 'No such type of events'),

  'FIELD.NOT_EXPLAINED': entry(422, 'Nobody explains the field'),
  'FIELD.NOT_FOUND': entry(404, 'No such field'),

  'GIFT_CARD.ALREADY_HELD': entry(409, 'The order holds another amount'),
  'GIFT_CARD.BLOCKED': entry(409, 'The gift card is blocked'),
  'GIFT_CARD.CAPTURE_EXCEEDS_HOLD': entry(409, 'More than is held of the gift card'),
  'GIFT_CARD.EMPTY': entry(409, 'Not enough on the gift card'),
  'GIFT_CARD.EXPIRED': entry(409, 'The gift card has expired'),
  'GIFT_CARD.HOLD_NOT_FOUND': entry(409, 'The hold of the gift card is gone'),
  'GIFT_CARD.INVALID_LIST': entry(422, 'The list of gift cards is not valid'),
  'GIFT_CARD.INVALID_AMOUNT': entry(409, 'Not an amount'),
  'GIFT_CARD.NOT_ISSUED': entry(409, 'The gift cards are just being issued'),
  'GIFT_CARD.REFUND_EXCEEDS_CAPTURED': entry(409, 'More than was taken from the gift card'),
  'GIFT_CARD.SPENT': entry(409, 'Less is left on the gift card than is to be refunded of its price'),
  'GIFT_CARD.TOO_LARGE': entry(409, 'Too much on one gift card'),
  'GIFT_CARD.UNKNOWN': entry(404, 'No such gift card'),
  'GIFT_CARD.WRONG_CURRENCY': entry(409, 'The gift card has another currency'),

  'INVENTORY.ALREADY_RESERVED': entry(409, 'The order holds another quantity'),
  'INVENTORY.BELOW_RESERVED': entry(409, 'Stock would fall below what is reserved'),
  'INVENTORY.COMMIT_EXCEEDS_HOLD': entry(409, 'More than is held'),
  'INVENTORY.HOLD_EXPIRED': entry(409, 'The reservation has expired'),
  'INVENTORY.HOLD_NOT_FOUND': entry(409, 'The reservation is gone'),
  'INVENTORY.INSUFFICIENT_STOCK': entry(409, 'Not enough stock'),
  'INVENTORY.INVALID_QUANTITY': entry(409, 'Not a quantity'),
  'INVENTORY.NOT_ENOUGH_AT_LOCATION': entry(409, 'The location does not have so many'),
  'INVENTORY.NOT_STOCKED': entry(409, 'Gift cards have no stock'),
  'INVENTORY.QUANTITY_TOO_LARGE': entry(409, 'The quantity is too large'),

  'LOG.NOT_CHAINED': entry(409, 'The log keeps no hashes'),
  'LOG.REPLACED': entry(410, 'The log was replaced'),

  'ORDER.ALREADY_OPEN': entry(409, 'The order is open for another cart'),
  'ORDER.BUYER_FORGOTTEN': entry(409, 'The buyer was forgotten'),
  'ORDER.CANCELLATION_NOT_REQUESTED': entry(409, 'Nobody asked to cancel the order'),
  'ORDER.CANCELLATION_REQUESTED': entry(409, 'The order is being cancelled'),
  'ORDER.CANCELLED': entry(409, 'The order was cancelled'),
  'ORDER.CURRENCY_MISMATCH': entry(409, 'The order has another currency'),
  'ORDER.DELIVERY_BEFORE_SHIPMENT': entry(409, 'Delivered before it was shipped'),
  'ORDER.DELIVERY_IN_FUTURE': entry(409, 'Delivered in the future'),
  'ORDER.LINE_NOT_FOUND': entry(409, 'The order has no such line'),
  'ORDER.NOT_CANCELLABLE': entry(409, 'The order can no longer be cancelled'),
  'ORDER.NOTHING_TO_RETRY': entry(409, 'Nothing waits to be tried again'),
  'ORDER.NOT_CONFIRMED': entry(409, 'The order was never confirmed'),
  'ORDER.NOT_DELIVERED': entry(409, 'The order has not been delivered'),
  'ORDER.NOT_FOUND': entry(404, 'No such order'),
  'ORDER.NOT_PENDING': entry(409, 'The checkout of the order has ended'),
  'ORDER.NOT_SHIPPABLE': entry(409, 'The order cannot be shipped'),
  'ORDER.REFUND_EMPTY': entry(409, 'Nothing to refund'),
  'ORDER.REFUND_NOT_FOUND': entry(404, 'No such refund'),
  'ORDER.SHIPMENT_EMPTY': entry(409, 'Nothing is left to ship'),
  'ORDER.SHIPMENT_EXCEEDS_OPEN': entry(409, 'More than is open'),
  'ORDER.SHIPMENT_NOT_FOUND': entry(404, 'No such shipment'),

  'PAYMENT.ALREADY_CAPTURED': entry(409, 'The payment has been captured'),
  'PAYMENT.ALREADY_REQUESTED': entry(409, 'The payment was requested otherwise'),
  'PAYMENT.AUTHORIZATION_EXPIRED': entry(409, 'The money is held no more'),
  'PAYMENT.AUTHORIZATION_EXPIRING': entry(409, 'The authorisation ends before the order has shipped'),
  'PAYMENT.CAPTURE_EXCEEDS_AUTHORIZED': entry(409, 'More than is authorised'),
  'PAYMENT.CAPTURE_FAILED': entry(409, 'The money could not be taken'),
  'PAYMENT.CAPTURE_REFUSED': entry(409, 'The provider refused to capture'),
  'PAYMENT.CAPTURE_UNDER_WAY': entry(409, 'A capture is under way'),
  'PAYMENT.CLOSED': entry(409, 'The payment will not be requested any more'),
  'PAYMENT.CONFLICTING_OUTCOME': entry(409, 'The provider said otherwise before'),
  'PAYMENT.CURRENCY_MISMATCH': entry(409, 'The payment has another currency'),
  'PAYMENT.DECLINED': entry(409, 'The payment was declined'),
  'PAYMENT.DISPUTED': entry(409, "The buyer's bank asks for the money back"),
  'PAYMENT.INSUFFICIENT_FUNDS': entry(409, 'Insufficient funds'),
  'PAYMENT.INVALID_AMOUNT': entry(409, 'Not an amount'),
  'PAYMENT.NOT_AUTHORIZED': entry(409, 'The payment is not authorised'),
  'PAYMENT.NOT_FOUND': entry(404, 'No such payment'),
  'PAYMENT.NOT_SUPPORTED': entry(409, 'The payment provider cannot do this'),
  'PAYMENT.PARTLY_AUTHORIZED': entry(409, 'The provider holds less than the order costs'),
  'PAYMENT.PROVIDER_UNAVAILABLE': entry(503, 'The payment provider does not answer'),
  'PAYMENT.REFUND_EXCEEDS_CAPTURED': entry(409, 'More than was captured'),
  'PAYMENT.REFUND_FAILED': entry(409, 'The money could not be given back'),
  'PAYMENT.REFUND_NOT_FOUND': entry(404, 'No such refund'),
  'PAYMENT.REFUND_REFUSED': entry(409, 'The provider refused to refund'),
  'PAYMENT.TIMEOUT': entry(409, 'The payment provider did not answer in time'),
  'PAYMENT.TOKEN_REQUIRED': entry(422, 'A means of payment is needed for the rest'),
  'PAYMENT.VOID_FAILED': entry(409, 'The money could not be let go'),

  'PRICE_LIST.CODE_TAKEN': entry(409, 'The code of the price list is taken'),
  'PRICE_LIST.INVALID': entry(422, 'The price list is not valid'),
  'PRICE_LIST.NOT_FOUND': entry(404, 'No such price list'),

  'PRICING_POLICY.INVALID': entry(422, 'The pricing policy is not valid'),

  'PRODUCT.CATEGORY_RESERVED': entry(409, 'The category is a reserved word'),
  'PRODUCT.INVALID_PRICES': entry(422, 'The prices are not valid'),
  'PRODUCT.KIND_FIXED': entry(422, 'The kind of a product never changes'),
  'PRODUCT.NOT_PRICED': entry(409, 'The product has no price for this cart'),
  'PRODUCT.SKU_TAKEN': entry(409, 'The SKU is taken'),
  'PRODUCT.UNKNOWN_SKU': entry(404, 'No such product'),

  'PROMOTION.ENDED': entry(409, 'The promotion has ended'),
  'PROMOTION.INVALID': entry(422, 'The promotion is not valid'),
  'PROMOTION.NOT_ACTIVE': entry(409, 'The promotion is not active'),
  'PROMOTION.NOT_FOUND': entry(404, 'No such promotion'),
  'PROMOTION.SIMULATION_TOO_LARGE': entry(422, 'The simulation would take too long'),
  'PROMOTION.USED_UP': entry(409, 'The promotion is used up'),
  'PROMOTION.WITHOUT_COUPONS': entry(409, 'The promotion has no coupons'),

  'READ_MODEL.BEHIND': entry(503, 'The read model has not caught up'),
  'READ_MODEL.NOT_FOUND': entry(404, 'No such read model'),
  'READ_MODEL.NOT_PARKED': entry(404, 'Nothing is parked under this key'),
  'READ_MODEL.NOT_REBUILT': entry(404, 'No rebuild was asked for'),
  'READ_MODEL.PARKED': entry(503, 'The read model could not apply an event'),
  'READ_MODEL.REBUILDING': entry(409, 'The read model is being rebuilt'),

  'REPORT.ITEM_NOT_FOUND': entry(404, 'No such item of the report'),

  'REQUEST.HEADERS_TOO_LARGE': entry(431, 'The headers are too large'),
  'REQUEST.IDEMPOTENCY_KEY_REUSED': entry(422, 'The Idempotency-Key was used for another request'),
  'REQUEST.INVALID': entry(400, 'The request is not valid'),
  'REQUEST.IN_PROGRESS': entry(409, 'The same request is still being answered'),
  'REQUEST.PRECONDITION_FAILED': entry(412, 'The resource has changed'),
  'REQUEST.RATE_LIMITED': entry(429, 'Too many requests'),
  'REQUEST.TIMEOUT': entry(408, 'The request took too long'),
  'REQUEST.TOO_LARGE': entry(413, 'The body is too large'),
  'REQUEST.TOO_MANY_FEEDS': entry(429, 'Too many live feeds'),
  'REQUEST.TOO_MANY_WRONG_CODES': entry(429, 'Too many codes were wrong'),
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': entry(415, 'The body must be application/json'),
  'REQUEST.URI_TOO_LONG': entry(414, 'The address is too long'),

  'RESOURCE.NOT_EXPLAINED': entry(404, 'Nobody explains such a resource'),

  'ROUTE.METHOD_NOT_ALLOWED': entry(405, 'The path does not have this method'),
  'ROUTE.NOT_FOUND': entry(404, 'Nothing is here'),
  'SAGA.DONE': entry(409, 'The process is done'),
  'SAGA.NOTHING_TO_RETRY': entry(409, 'Nothing of the process waits to be tried again'),
  'SAGA.NOT_COMPENSABLE': entry(409, 'The process cannot be brought to a failing end from here'),
  'SAGA.NOT_FOUND': entry(404, 'No such process'),
  'SAGA.REPAIR_REQUESTED': entry(409, 'Something else was just asked of the process'),

  'SERVER.ERROR': entry(500, 'Something went wrong on our side'),
  'SERVER.OVERLOADED': entry(503, 'The server is overloaded'),
  'SERVER.STOPPING': entry(503, 'The server is stopping'),
  'SHIPMENT.NOT_FOUND': entry(404, 'No such shipment'),
  'SHIPPING.NO_METHOD': entry(422, 'Nothing is shipped there in this currency'),
  'SHIPPING.UNKNOWN_METHOD': entry(422, 'No such shipping method'),
  'STORE.UNAVAILABLE': entry(503, 'A store cannot answer at the moment'),
  'WEBHOOK.SIGNATURE_INVALID': entry(401, 'The signature is not valid'),
  'WEBHOOK.UNKNOWN_PROVIDER': entry(404, 'No such provider'),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

const UNLISTED: ErrorEntry = entry(409, 'Refused by a rule');

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_CATALOGUE, code);

/** The entry of a code; a code that nobody listed is a refusal by a rule (and fails the catalogue's spec). */
export const entryOf = (code: string): ErrorEntry => (isErrorCode(code) ? ERROR_CATALOGUE[code] : UNLISTED);
