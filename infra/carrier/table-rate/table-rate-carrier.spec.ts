import { carrierContract } from '../carrier.contract.js';
import { createTableRateCarrier } from './table-rate-carrier.js';

describe('table rate carrier', () => {
  carrierContract(createTableRateCarrier);

  const book = (shippingMethod: string) =>
    createTableRateCarrier().book({ shipmentId: 'shipment-1', shippingMethod, lines: [] });

  it('sends standard parcels by post and express ones by courier', async () => {
    expect((await book('standard')).carrier).toBe('Parcel Post');
    expect((await book('express')).carrier).toBe('Swift Express');
  });

  it('sends a method that has no row, as a policy may name any, by post', async () => {
    expect((await book('by-pigeon')).carrier).toBe('Parcel Post');
  });

  it('answers the same after a restart', async () => {
    expect(await book('standard')).toEqual({ carrier: 'Parcel Post', trackingNumber: 'PP96895088400939' });
  });
});
