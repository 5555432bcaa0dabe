import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { shipmentDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(shipmentDecider),
  stories: [{ events: 'shipment.booked shipment.delivered', outcome: { status: 'delivered' } }],
};
