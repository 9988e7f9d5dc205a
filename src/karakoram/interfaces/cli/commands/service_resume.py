"""``karakoram service resume``: how is a product that rests up again?"""

from karakoram.interfaces.cli.product_rest import product_rest_app
from karakoram.usecases.sell.end_product import resume_product

app = product_rest_app(
    resume_product,
    help_text="Lift the bar of a product that rests.",
    example="karakoram service resume PRODUCT --why 'bill paid'",
)
