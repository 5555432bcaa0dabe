import { ApiSchema } from '@nestjs/swagger';
import { ChoiceProperty, ObjectProperty, RejectionResponse, TextProperty } from '../../infra/http/index.js';

class CheckoutResponse {
  @TextProperty('Id of the order.', '0Q7B2M4N6P8R')
  readonly orderId!: string;
  @TextProperty('Short and speakable; its last character checks the others.', 'C4MA-H2G5-G4ZE-2')
  readonly orderNumber!: string;
  @TextProperty('Opens this order, as a bearer or as `?accessToken=`.', 'qv3T0m5xS2Zk8Yb1Wd7Lr4Nf6Hc9Jg0Pa3Et5Uy8Xo2')
  readonly accessToken!: string;
}

@ApiSchema({ name: 'PendingCheckout', description: 'The order is open; what comes of it is not known yet.' })
export class PendingCheckoutResponse extends CheckoutResponse {
  @ChoiceProperty('Not settled.', ['pending'], 'pending')
  readonly status!: string;
}

@ApiSchema({ name: 'SettledCheckout', description: 'What came of the order.' })
export class SettledCheckoutResponse extends CheckoutResponse {
  @ChoiceProperty('What came of it.', ['confirmed', 'rejected', 'cancelled'], 'confirmed')
  readonly status!: string;
  @ObjectProperty(RejectionResponse, 'Why it was rejected.', { required: false })
  readonly rejection?: RejectionResponse;
}
