"""The sales desk by file, later: rows are kept as a job, done by a worker, and told."""

import pytest
from typer.testing import CliRunner

from karakoram.interfaces.cli.commands import store_work
from karakoram.interfaces.cli.desk_command import DeskWords, job_words
from karakoram.interfaces.cli.desk_forms import desk_form
from karakoram.interfaces.cli.jobs_screen import show_jobs
from karakoram.interfaces.cli.main import app
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.jobs import JobKind, JobState, JobWords
from karakoram.sales.quotes import Quote
from karakoram.usecases.desk.desk_actions import DESK_ACTIONS
from karakoram.usecases.desk.see_jobs import JobProgress
from tests.support.desk import Desk, csv_file, rows_of
from tests.support.jobs import job
from tests.support.sales_records import NOON

WISHES = (
    "external_id,offering,a_site,z_site,term_months,timeslots,why",
    "w1,WAVE-100G-1P1,A,Z,36,,for the board",
    "w2,DXX-N64,A,B,,2,",
    "w3,PSTN-LINE,A,,,,",
)


@pytest.fixture
def desk(monkeypatch):
    return Desk(monkeypatch)


@pytest.fixture
def wishes(tmp_path):
    return csv_file(tmp_path / "wishes.csv", *WISHES)


@pytest.fixture
def asked(desk, wishes):
    words = ("quote", "issue", "--from", wishes, "--buyer", "CT", "--later", "--who", "clerk")
    return desk.told(*words)


def test_rows_that_are_asked_for_later_wait_and_nothing_is_done(desk, asked):
    assert (asked["kind"], asked["file"], asked["state"], asked["rows"]) == (
        "quote issue",
        "wishes.csv",
        "acknowledged",
        3,
    )
    assert desk.selling.store.read(lambda tx: tx.find_all(Quote)) == ()
    (seen,) = desk.told("store", "jobs")["jobs"]
    assert (seen["id"], seen["asked_by"]) == (asked["id"], "clerk")
    assert seen["outcomes"] == {"done": 0, "no": 0, "refused": 0}


def test_a_worker_tells_what_it_did_and_the_outcomes_are_those_of_the_command_at_once(
    desk, wishes, asked, tmp_path
):
    text = desk.run("store", "work")
    assert "3 rows done; nothing more is due." in text
    assert "completed" in text
    later, now = tmp_path / "later.csv", tmp_path / "now.csv"
    told = desk.told("store", "jobs", asked["id"], "--to", later, code=1)
    words = ("quote", "issue", "--from", wishes, "--buyer", "CT", "--to", now)
    at_once = desk.told(*words, code=1)
    assert later.read_text(encoding="utf-8") == now.read_text(encoding="utf-8")
    assert (told["outcome_of_rows"], told["counts"]) == (at_once["rows"], at_once["counts"])
    assert told["outcomes"] == {"done": 1, "no": 1, "refused": 1}
    shown = desk.run("store", "jobs", asked["id"], code=1)
    assert "not-eligible" in shown
    (entry,) = desk.told("store", "log", told["outcome_of_rows"][0]["answer"]["id"])
    assert (entry["who"], entry["why"]) == ("clerk", "for the board")


def test_shares_of_operators_are_told_where_they_are_asked_for(desk, asked, tmp_path):
    desk.run("store", "work")
    table = tmp_path / "t.csv"
    for words, is_told in (((), False), (("--shares",), True)):
        desk.run("store", "jobs", asked["id"], "--to", table, *words, code=1)
        assert ("shares" in rows_of(table)[0]) is is_told


def test_a_worker_may_stop_after_so_many_rows_and_the_next_goes_on(desk, asked):
    first = desk.told("store", "work", "--limit", 2)
    assert (first["rows"], first["jobs"][0]["state"]) == (2, "acknowledged")
    assert desk.told("store", "work")["rows"] == 1
    assert desk.told("store", "work") == {"rows": 0, "expired_quotes": 0, "jobs": []}
    assert desk.run("store", "work") == "0 rows done; nothing more is due.\n"


def test_a_job_is_called_off_and_stands_in_the_log(desk, asked, tmp_path):
    text = desk.run("store", "cancel", asked["id"], "--why", "the wrong list")
    assert "is cancelled; what was done stays done" in text
    assert desk.told("store", "cancel", asked["id"], code=2)["error"]["code"] == (
        "illegal-transition"
    )
    assert desk.told("store", "work")["jobs"] == []
    entries = desk.told("store", "log", asked["id"])
    assert [(each["action"], each["why"]) for each in entries] == [
        ("job.ask", ""),
        ("job.cancelled", "the wrong list"),
    ]
    table = tmp_path / "jobs.xlsx"
    desk.run("store", "jobs", "--state", "cancelled", "--to", table)
    (row,) = rows_of(table)
    assert (row["job"], row["rows"], row["due_utc"]) == (asked["id"], "3", "")
    assert desk.told("store", "jobs", "--state", "held") == {"jobs": []}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("qualify", "X", "--buyer", "CT", "--later"), "--later is for the rows of a file"),
        (("order", "cancel", "--from", "{file}", "--later", "--to", "t.csv"), "no answer yet"),
    ],
)
def test_later_needs_rows_and_gives_no_answer_yet(tmp_path, words, why):
    file = csv_file(tmp_path / "c.csv", "order", "x")
    filled = [word.format(file=file) for word in words]
    answer = CliRunner().invoke(app, filled, env={"COLUMNS": "200"})
    assert answer.exit_code == 2
    assert why in answer.stderr


def test_a_file_with_a_row_that_makes_no_sense_makes_no_job(desk, tmp_path):
    wrong = csv_file(tmp_path / "w.csv", WISHES[0], "w1,WAFE-100G,A,Z,,,", "w2,DXX-N64,A,NO,,2,")
    words = ("quote", "issue", "--from", wrong, "--buyer", "CT", "--later")
    assert desk.findings(*words) == [
        (2, "offering", "unknown-offering"),
        (3, "z_site", "unknown-site"),
    ]
    assert desk.told("store", "jobs") == {"jobs": []}
    desk.run("store", "jobs", "--state", "tired", code=2)
    assert desk.told("store", "jobs", "nothing", code=2)["error"]["code"] == "not-found"


def test_every_command_of_the_desk_that_takes_a_file_takes_it_later(desk, tmp_path):
    quotes = [desk.quote(f"q{number}")["id"] for number in (1, 2, 3)]
    orders = [
        desk.told("order", "place", each, "--buyer", "CT", "--external-id", f"o{each}")["id"]
        for each in quotes[:2]
    ]
    legs = [leg["name"] for leg in desk.told("order", "show", orders[0])["legs"]]
    lines = [f"{orders[0]},{leg},{event}" for leg in legs for event in ("start", "complete")]
    party = "S1,A school,public_body,public_rural,PK"
    files = {
        ("party", "add"): ("party,name,kind,segment,country", party),
        ("qualify",): (WISHES[0] + ",buyer", WISHES[1] + ",CT"),
        ("quote", "decline"): ("quote", quotes[2]),
        ("order", "leg"): ("order,leg,event", *lines),
        ("order", "cancel"): ("order", orders[1]),
    }
    for number, (command, rows) in enumerate(files.items()):
        path = csv_file(tmp_path / f"{number}.csv", *rows)
        assert "Next:\n  karakoram store work" in desk.run(*command, "--from", path, "--later")
    desk.run("store", "work")
    jobs = desk.told("store", "jobs")["jobs"]
    assert {each["state"] for each in jobs} == {"completed"}
    assert [each["outcomes"]["done"] for each in jobs] == [len(rows) - 1 for rows in files.values()]
    (product,) = desk.told("service", "list", "--state", "active")["products"]
    ceased = csv_file(tmp_path / "end.csv", "external_id,product", f"end,{product['id']}")
    desk.run("service", "cease", "--from", ceased, "--buyer", "CT", "--later")
    placed = csv_file(tmp_path / "o.csv", "external_id,quote", "late,nowhere")
    desk.run("order", "place", "--from", placed, "--buyer", "CT", "--later")
    desk.run("store", "work")
    assert [each["outcomes"]["refused"] for each in desk.told("store", "jobs")["jobs"][-2:]] == [
        0,
        1,
    ]


def test_a_job_in_trouble_says_why_and_when_it_is_tried_again(desk, asked, monkeypatch):
    def gone(*_, **__):
        raise FileNotFoundError(2, "No such file or directory", "/gone/network.toml")

    monkeypatch.setattr(store_work, "desk_of", gone)
    told = desk.told("store", "work", code=1)
    assert told["jobs"][0]["state"] == JobState.HELD.value
    text = desk.run("store", "jobs")
    assert "/gone/network.toml" in text
    assert "(again at " in text


def test_a_network_is_prepared_once_for_all_jobs_on_it(desk, wishes, monkeypatch):
    asked = ("--from", wishes, "--buyer", "CT", "--later")
    desk.run("quote", "issue", *asked)
    desk.run("qualify", *asked)
    made, real = [], store_work.desk_of

    def counted(action, words, *, store):
        made.append(words)
        return real(action, words, store=store)

    monkeypatch.setattr(store_work, "desk_of", counted)
    assert desk.told("store", "work")["rows"] == 6
    assert made == [JobWords()]


def test_what_holds_for_all_rows_is_kept_so_that_it_means_the_same_elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    class Chosen:
        network = tmp_path.__class__("mine")
        catalogue = None
        legs_of = "SCO"

    assert job_words(Chosen()) == JobWords(network=str(tmp_path / "mine"), legs_of="SCO")
    assert not isinstance(Chosen(), DeskWords)


def test_every_answer_has_a_form():
    for action in DESK_ACTIONS.values():
        form = desk_form(action.answer_type)
        assert form.table.columns
    assert set(DESK_ACTIONS) == set(JobKind)


def test_a_job_that_was_given_up_is_not_tried_again(capsys):
    failed = job(state=JobState.FAILED, trouble="no such folder", run_after=NOON)
    show_jobs(screen(), [JobProgress(job=failed, counts={})])
    text = capsys.readouterr().out
    assert "job: no such folder" in text
    assert "again" not in text
