/**
 * The dictionary of deflate for long events: members of products, of saga steps and, last as the nearest, of orders. It is part of
 * the log's format, as packed data can only be read with the same dictionary; another one needs another schema version.
 */
export const PACK_DICTIONARY = Buffer.from(
  [
    '{"productId":"","name":"","description":"","brand":"","categories":["],"attributes":{"":""},',
    '"variants":[{"sku":"","prices":[{"amount":,"currency":"USD"}],"taxClass":"standard"}]}',
    '{"orderId":"","lines":[{"lineId":"1","sku":"","quantity":1,"revenue":{"amount":,"currency":"USD"},"category":""}]}',
    '{"inputs":[{"event":"","type":"cart.checked-out.v1"},{"reply":"open-order","outcome":"accepted"},',
    '{"reply":"reserve:","outcome":"accepted"},{"event":"","type":"payment.authorized.v1"},',
    '{"reply":"authorize","outcome":"accepted"}],"now":"2026-","state":{"phase":"authorizing","phase":"confirming",',
    '"orderId":"","paymentId":"","source":{"cartId":"","revision":},"amount":{"amount":,"currency":"USD"},"skus":["],',
    '"waiting":[],"failure":null,"short":[],"orderOpened":true,"money":"asked","money":"held","asked":1,',
    '"buyerConfirms":false,"askBy":"","lateVoid":"none"},"sent":[{"key":"authorize","target":"payment-gateway","id":"",',
    '"command":{"type":"authorize-payment"},"commandId":""},{"key":"confirm","target":"order","id":"",',
    '"command":{"type":"confirm-order"},"commandId":""}],"waiting":[],"timers":{"hold-expiry":"2026-"},"done":false,',
    '"position":"00000000000","seed":"","since":"2026-',
    '{"cartId":"","orderId":"","orderNumber":"","currency":"EUR","currency":"USD","reference":"","lines":[{"lineId":"1",',
    '"sku":"","name":"","categories":["],"taxClass":"standard","quantity":1,"unitPrice":{"amount":,"currency":"USD"},',
    '"lineTotal":{"amount":,"currency":"USD"},"discounts":[],"priceIncludesTax":false,',
    '"discount":{"amount":0,"currency":"USD"},"taxes":[{"name":"","rate":"","included":true,',
    '"base":{"amount":,"currency":"EUR"},"amount":{"amount":,"currency":"USD"}}],"net":{"amount":,"currency":"USD"},',
    '"gross":{"amount":,"currency":"USD"}}],"shipping":{"method":"standard","name":"Standard shipping",',
    '"price":{"amount":0,"currency":"USD"},"discounts":[],"discount":{"amount":0,"currency":"USD"},"taxes":[],',
    '"net":{"amount":0,"currency":"USD"},"gross":{"amount":0,"currency":"USD"},',
    '"cheapest":{"amount":0,"currency":"USD"}},"totals":{"subtotal":{"amount":,"currency":"USD"},',
    '"discount":{"amount":0,"currency":"USD"},"shipping":{"amount":0,"currency":"USD"},"tax":{"amount":0,"currency":"USD"},',
    '"taxIncluded":{"amount":0,"currency":"USD"},"net":{"amount":,"currency":"USD"},"total":{"amount":,"currency":"USD"}},',
    '"taxes":[],"pricing":{"policy":"default","hash":"","rounding":"half-even","level":"line","zone":null},',
    '"destination":{"country":"US","region":""},"paymentProvider":"sandbox","personId":"","paymentId":"",',
    '"personal":{"sealed":"","v":1}}',
  ].join(''),
);
