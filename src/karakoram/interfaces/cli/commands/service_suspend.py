"""``karakoram service suspend``: how does a product rest?"""

from karakoram.interfaces.cli.product_rest import product_rest_app
from karakoram.usecases.sell.end_product import suspend_product

app = product_rest_app(
    suspend_product,
    help_text="Bar an active product: it rests, and keeps what it holds.",
    example="karakoram service suspend PRODUCT --why 'bill unpaid'",
)
