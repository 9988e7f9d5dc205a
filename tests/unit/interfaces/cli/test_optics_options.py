from karakoram.interfaces.cli.optics_options import plot_option


def test_every_picture_is_asked_for_in_the_same_words():
    option = plot_option("Also draw it.")
    assert "--plot" in (option.default, *option.param_decls)
    assert (option.metavar, option.help) == ("FILE.svg", "Also draw it.")
