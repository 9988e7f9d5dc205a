import pytest
import typer
from typer.testing import CliRunner

from karakoram.interfaces.cli.main import app
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.optics_options import path_ending, plot_option


def test_every_picture_is_asked_for_in_the_same_words():
    option = plot_option("Also draw it.")
    assert "--plot" in (option.default, *option.param_decls)
    assert (option.metavar, option.help) == ("FILE.svg", "Also draw it.")


def test_a_file_to_write_ends_as_its_kind_does(tmp_path):
    assert path_ending(".svg")(str(tmp_path / "x.SVG")) == tmp_path / "x.SVG"
    for word, right in (("x.png", "'x.svg'"), ("x", "'x.svg'"), ("..", "'file.svg'")):
        with pytest.raises(typer.BadParameter, match=right) as refusal:
            path_ending(".svg")(word)
        assert "must end in .svg" in str(refusal.value)
    with pytest.raises(typer.BadParameter, match="is empty"):
        path_ending(".svg")("")


def test_a_file_that_is_read_or_written_already_is_refused(tmp_path):
    net, link = tmp_path / "net.json", tmp_path / "link.json"
    net.write_text("{}", encoding="utf-8")
    link.symlink_to(net)
    for save in (net, link, tmp_path / "." / "net.json"):
        with pytest.raises(typer.BadParameter, match="--save would overwrite .*--gnpy-network"):
            refuse_overwriting(written={"--save": save}, read={"--gnpy-network": net})
    twice = {"--csv": tmp_path / "a", "--plot": tmp_path / "b" / ".." / "a"}
    with pytest.raises(typer.BadParameter, match="--csv and --plot name one and the same"):
        refuse_overwriting(written=twice, read={"--gnpy-network": net})
    other = {"--save": tmp_path / "other.json", "--plot": None}
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    refuse_overwriting(written={"--csv": loop}, read={"--gnpy-network": net})
    refuse_overwriting(written=other, read={"--gnpy-network": net, "--gnpy-spectrum": None})


ASKED = {
    "design": (),
    "propagate": ("--from", "A", "--to", "Z"),
    "all-pairs": (),
    "what-if": ("--load", "lit.csv"),
}
NAMED = ("--gnpy-network", "net.svg", "--gnpy-equipment", "eqpt.json")


@pytest.mark.parametrize("command", ASKED)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--plot", "net.svg"), "would overwrite"),
        (("--plot", "x.png"), "must end in .svg"),
        (("--plot", ""), "is empty"),
        (("--gnpy-equipment", ""), "is empty"),
        (("--gnpy-sim-params", ""), "is empty"),
    ],
)
def test_every_command_about_light_refuses_such_files_before_it_reads(command, words, said):
    result = CliRunner().invoke(app, ["optics", command, *NAMED, *ASKED[command], *words])
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("design", *NAMED, "--save", "designed.xls"), "must end in .json"),
        (("design", *NAMED, "--save", "eqpt.json"), "would overwrite"),
        (("design", *NAMED, "--save", ""), "is empty"),
        (("all-pairs", *NAMED, "--csv", "a.svg", "--plot", "a.svg"), "one and the same file"),
        (("all-pairs", *NAMED, "--csv", "eqpt.json"), "would overwrite"),
        (("all-pairs", *NAMED, "--csv", ""), "is empty"),
        (("what-if", *NAMED, "--load", ""), "is empty"),
        (("what-if", *NAMED, "--load", "a.csv", "--light", ""), "is empty"),
        (("what-if", *NAMED, "--load", "a.svg", "--plot", "a.svg"), "would overwrite"),
        (("optimise", "--plot", "launch.pdf"), "must end in .svg"),
        (("regenerators", "--demands", ""), "is empty"),
    ],
)
def test_files_that_only_some_commands_name_are_refused_too(words, said):
    result = CliRunner().invoke(app, ["optics", *words])
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())
