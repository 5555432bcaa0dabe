"""A purchase through the client that openapi-python-client writes."""

import os

from cartwright_client import AuthenticatedClient
from cartwright_client.api.carts import carts_add_item, carts_check_out, carts_open
from cartwright_client.api.orders import me_list_orders
from cartwright_client.models import (
    AddItemBody,
    Address,
    CheckoutBody,
    CountryCode,
    CurrencyCode,
    OpenCartBody,
    PaymentMeans,
)

client = AuthenticatedClient(
    base_url=os.environ["CARTWRIGHT_URL"],
    token=os.environ["CARTWRIGHT_TOKEN"],
    raise_on_unexpected_status=True,
)
cart = carts_open.sync(client=client, body=OpenCartBody(currency=CurrencyCode.USD))
carts_add_item.sync(cart.cart_id, client=client, body=AddItemBody(sku="1000237", quantity=1))
checkout = carts_check_out.sync_detailed(
    cart.cart_id,
    client=client,
    prefer="wait=20",
    body=CheckoutBody(
        email="ada@example.com",
        shipping_address=Address(
            name="Ada", line1="12 Mill Street", city="New York", postal_code="10001", country=CountryCode.US
        ),
        payment=PaymentMeans(token="tok_ok"),
    ),
)
placed = checkout.parsed
mine = me_list_orders.sync(client=client, consistency_token=checkout.headers["consistency-token"])
found = [order.status for order in mine.items if order.order_id == placed.order_id]
assert found == ["confirmed"], f"{placed.order_id} is not listed: {mine.items}"
