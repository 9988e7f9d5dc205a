"""``karakoram service resume``: how is a product that rests up again?"""

from karakoram.interfaces.cli.product_rest import product_rest_app
from karakoram.sales.jobs import JobKind

app = product_rest_app(
    JobKind.SERVICE_RESUME,
    why="bill paid",
    help_text="Lift the bar of a product that rests.",
    examples=(
        "karakoram service resume PRODUCT --why 'bill paid'",
        "karakoram service resume --from paid.csv --why 'bill paid'",
    ),
)
