const PATTERN = /^([^.]+)\.[1-9]\d*$/;

/** The nth shipment of an order, n from 1; order ids contain no dot. */
export const shipmentIdOf = (orderId: string, n: number): string => `${orderId}.${n}`;

/** The order that a shipment belongs to; null when the text is no shipment id. */
export const orderIdOfShipment = (shipmentId: string): string | null => PATTERN.exec(shipmentId)?.[1] ?? null;
