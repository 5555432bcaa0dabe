import { refuse } from '../shared/index.js';
import type { Money } from '../shared/index.js';

export const paymentNotFound = () => refuse('PAYMENT.NOT_FOUND', 'There is no such payment.');

export const alreadyRequested = () =>
  refuse('PAYMENT.ALREADY_REQUESTED', 'This payment was requested for another order or amount.');

export const paymentClosed = () => refuse('PAYMENT.CLOSED', 'The order was let go before the money was requested.');

export const invalidAmount = () =>
  refuse('PAYMENT.INVALID_AMOUNT', 'An amount of money is a whole number of minor units, not below zero.');

export const currencyMismatch = (expected: string, given: string) =>
  refuse('PAYMENT.CURRENCY_MISMATCH', `The payment is in ${expected}, not ${given}.`, { expected, given });

export const conflictingOutcome = (status: string, outcome: string) =>
  refuse('PAYMENT.CONFLICTING_OUTCOME', `A payment that is ${status} cannot be ${outcome}.`, { status, outcome });

export const notAuthorized = (status: string) =>
  refuse('PAYMENT.NOT_AUTHORIZED', `No money is held that could be captured: the payment is ${status}.`, { status });

export const captureExceedsAuthorized = (authorized: Money, requested: Money) =>
  refuse('PAYMENT.CAPTURE_EXCEEDS_AUTHORIZED', 'More was to be captured than is authorised.', {
    authorized: { ...authorized },
    requested: { ...requested },
  });

export const captureUnderWay = () =>
  refuse('PAYMENT.CAPTURE_UNDER_WAY', 'The provider has not answered yet to the capture that was asked for.');

export const alreadyCaptured = () =>
  refuse('PAYMENT.ALREADY_CAPTURED', 'The money was taken; it can be refunded, not let go.');

export const refundExceedsCaptured = (refundable: Money, requested: Money) =>
  refuse('PAYMENT.REFUND_EXCEEDS_CAPTURED', 'No more can be refunded than was captured and not yet refunded.', {
    refundable: { ...refundable },
    requested: { ...requested },
  });

export const refundNotFound = () => refuse('PAYMENT.REFUND_NOT_FOUND', 'No such refund was asked for.');
