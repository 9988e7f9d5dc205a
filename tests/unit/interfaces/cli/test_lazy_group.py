import subprocess
import sys


def test_the_help_imports_no_command():
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from karakoram.interfaces.cli.main import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        "print([name for name in sys.modules if 'cli.commands.' in name or name == 'numpy'])\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
