"""``karakoram service suspend``: how does a product rest?"""

from karakoram.interfaces.cli.product_rest import product_rest_app
from karakoram.sales.jobs import JobKind

app = product_rest_app(
    JobKind.SERVICE_SUSPEND,
    why="bill unpaid",
    help_text="Bar an active product: it rests, and keeps what it holds.",
    examples=(
        "karakoram service suspend PRODUCT --why 'bill unpaid'",
        "karakoram service suspend --from unpaid.xlsx --why 'bill unpaid'",
    ),
)
