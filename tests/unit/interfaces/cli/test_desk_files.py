"""The sales desk by file: many rows in, a table out, and nothing done where a row is wrong."""

import openpyxl
import pytest
from typer.testing import CliRunner

from karakoram.core.tables import columns_of
from karakoram.interfaces.cli.main import app
from karakoram.interfaces.cli.many_rows import counts
from karakoram.interfaces.cli.screen import progress_bar
from karakoram.usecases.desk import desk_actions, desk_rows
from karakoram.usecases.do_many import RowOutcome
from tests.support.desk import Desk, csv_file, rows_of

WISHES = "external_id,offering,a_site,z_site,term_months,timeslots,why"


@pytest.fixture
def desk(monkeypatch):
    return Desk(monkeypatch)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_many_wishes_are_quoted_and_each_tells_its_offers_or_why_not(desk, tmp_path, ending):
    wishes = csv_file(
        tmp_path / "wishes.csv",
        WISHES,
        "w1,WAVE-100G-1P1,A,Z,36,,for the board",
        "w2,DXX-N64,A,B,,2,",
        "w3,PSTN-LINE,A,,,,",
    )
    target = tmp_path / f"quotes.{ending}"
    text = desk.run("quote", "issue", "--from", wishes, "--buyer", "CT", "--to", target, code=1)
    assert "wishes.csv: 1 done, 1 no, 1 refused" in text
    assert "not-eligible" in text
    assert "a month" in " ".join(text.split())
    assert "(assumed)" in text
    rows = rows_of(target)
    assert [(row["row"], row["outcome"], row["code"]) for row in rows[-2:]] == [
        ("3", "no", "no-connection"),
        ("4", "refused", "not-eligible"),
    ]
    offers = [row for row in rows if row["row"] == "2"]
    quote = desk.told("quote", "show", offers[0]["quote"])
    assert [(row["offer"], row["mrc"]) for row in offers] == [
        (offer["label"], offer["monthlyRecurringCharge"]["value"].removesuffix(".00"))
        if ending == "xlsx"
        else (offer["label"], offer["monthlyRecurringCharge"]["value"])
        for offer in quote["offers"]
    ]
    assert offers[0]["length_km"] == "100"
    assert {offers[0]["mrc_confidence"], offers[0]["currency"]} == {"assumed", "USD"}
    assert rows[-1]["external_id"] == "w3"
    assert "open a connection" in rows[-2]["instead"]
    (entry,) = desk.told("store", "log", quote["id"])
    assert entry["why"] == "for the board"


def test_a_list_sent_again_gives_the_same_and_holds_nothing_more(desk, tmp_path):
    wishes = csv_file(tmp_path / "w.csv", WISHES, "w1,WAVE-100G-1P1,A,Z,36,,")
    words = ("quote", "issue", "--from", wishes, "--buyer", "CT")
    first = desk.told(*words)
    held = dict(desk.selling.store.tables.claims)
    assert desk.told(*words) == first
    assert desk.selling.store.tables.claims == held


def test_every_finding_of_every_row_is_told_at_once_and_nothing_is_done(desk, tmp_path):
    wishes = csv_file(
        tmp_path / "w.csv",
        "external_id,buyer,offering,days,level,a_site,z_site,colour",
        "w1,CT,WAVE-100G-1P1,30,firm,A,Z,",
        "w2,CT,WAVE-100G-1P1,900,hard,A,Z,",
        ",CT,WAFE-100G,,,A,Z,",
        "w1,CT,WAVE-100G-1P1,30,firm,A,NOWHERE,red",
        "w5,CT,WAVE-100G-1P1,soon,firm,A,A,",
    )
    held = dict(desk.selling.store.tables.claims)
    assert desk.findings("quote", "issue", "--from", wishes) == [
        (3, "level", "unknown-word"),
        (3, "days", "out-of-bounds"),
        (4, "external_id", "empty-cell"),
        (4, "offering", "unknown-offering"),
        (5, "colour", "unknown-characteristic"),
        (5, "z_site", "unknown-site"),
        (6, "days", "not-a-whole-number"),
        (6, "z_site", "same-ends"),
        (5, "external_id", "duplicate-id"),
    ]
    assert desk.selling.store.tables.claims == held
    text = desk.run("quote", "issue", "--from", wishes, code=2)
    assert text == ""


def test_a_buyer_whom_nobody_knows_is_a_finding_of_its_row(desk, tmp_path):
    wishes = csv_file(
        tmp_path / "w.csv",
        "external_id,buyer,offering,days,a_site,z_site",
        "w1,CTT,WAVE-100G-1P1,900,A,Z",
        "w2,CT,WAVE-100G-1P1,30,A,Z",
        "w3,nobody at all,WAVE-100G-1P1,30,A,NOWHERE",
    )
    held = dict(desk.selling.store.tables.claims)
    for words in (("quote", "issue"), ("quote", "issue", "--later")):
        assert desk.findings(*words, "--from", wishes) == [
            (2, "days", "out-of-bounds"),
            (2, "buyer", "unknown-buyer"),
            (4, "z_site", "unknown-site"),
            (4, "buyer", "unknown-buyer"),
        ]
    assert desk.selling.store.tables.claims == held
    error = desk.told("quote", "issue", "--from", wishes, code=2)["error"]
    texts = [each["message"] for each in error["findings"] if each["field"] == "buyer"]
    assert "did you mean CT?" in texts[0]
    assert "karakoram party add" in texts[1]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("qualify", ("external_id,offering,a_site,z_site", "w1,WAVE-100G-1P1,A,Z")),
        ("order place", ("external_id,quote", "o1,nowhere")),
        ("service cease", ("external_id,product", "c1,nowhere")),
    ],
)
def test_a_buyer_of_the_command_line_whom_nobody_knows_is_told_once(desk, tmp_path, words, rows):
    header, row = rows
    listed = csv_file(tmp_path / "w.csv", header, row, row.replace("1,", "2,", 1))
    found = desk.findings(*words.split(), "--from", listed, "--buyer", "CTT")
    assert found == [(None, "buyer", "unknown-buyer")]


def test_the_screen_tells_what_each_row_asked_of_what_is_there(desk, tmp_path):
    quote = desk.quote("q1")["id"]
    orders = csv_file(
        tmp_path / "o.csv", "external_id,quote,offer", f"o1,{quote},cheapest", "o2,nowhere,"
    )
    text = desk.run("order", "place", "--from", orders, "--buyer", "CT", code=1)
    done, refused = (line for line in text.splitlines() if line.lstrip().startswith(("2 ", "3 ")))
    assert f"{quote} cheapest" in done
    assert "nowhere" in refused.split("there is no")[0]


def test_an_offering_that_is_not_sold_is_a_finding_with_near_misses(desk, tmp_path):
    wishes = csv_file(tmp_path / "w.csv", WISHES, "w1,WAFE-100G,A,Z,,,")
    error = desk.told("qualify", "--from", wishes, "--buyer", "CT", code=2)["error"]
    (finding,) = error["findings"]
    assert (finding["file"], finding["row"], finding["field"]) == ("w.csv", 2, "offering")
    assert "WAVE-100G" in finding["message"]


def test_many_are_qualified(desk, tmp_path):
    wishes = csv_file(tmp_path / "w.csv", WISHES, "w1,WAVE-100G-1P1,A,Z,36,,", "w2,DXX-N64,A,B,,2,")
    target = tmp_path / "t.xlsx"
    answer = desk.told("qualify", "--from", wishes, "--buyer", "CT", "--to", target, code=1)
    assert answer["counts"] == {"done": 1, "no": 1}
    assert [row["confidence"] for row in rows_of(target)] == ["green", "yellow"]
    assert answer["rows"][1]["reasons"][0]["code"] == "no-connection"
    assert answer["rows"][0]["answer"]["serviceabilityConfidence"] == "green"


def test_orders_are_placed_led_cancelled_and_quotes_declined_by_file(desk, tmp_path):
    quotes = [desk.quote(f"q{number}")["id"] for number in (1, 2, 3)]
    placed = csv_file(
        tmp_path / "orders.csv",
        "external_id,buyer,quote,offer",
        f"o1,CT,{quotes[0]},",
        f"o2,CT,{quotes[1]},cheapest",
        "o3,CT,nowhere,",
    )
    target = tmp_path / "placed.xlsx"
    desk.run("order", "place", "--from", placed, "--to", target, code=1)
    rows = rows_of(target)
    assert rows[-1]["code"] == "not-found"
    assert rows[-1]["quote"] == "nowhere"
    one, two = dict.fromkeys(row["order"] for row in rows[:-1])
    cancelled = csv_file(tmp_path / "c.csv", "order,why", f"{two},too late")
    desk.run("order", "cancel", "--from", cancelled)
    assert desk.told("order", "show", two)["state"] == "cancelled"
    again = desk.told("order", "cancel", "--from", cancelled, code=1)
    assert again["rows"][0]["reasons"][0]["code"] == "illegal-transition"
    declined = csv_file(tmp_path / "d.csv", "quote", quotes[2])
    desk.run("quote", "decline", "--from", declined, "--why", "no money")
    assert desk.told("quote", "show", quotes[2])["state"] == "declined"
    legs = [row["leg"] for row in rows if row["order"] == one]
    lines = [f"{one},{leg},{event}" for leg in legs for event in ("start", "complete")]
    desk.run("order", "leg", "--from", csv_file(tmp_path / "l.csv", "order,leg,event", *lines))
    assert desk.told("order", "show", one)["state"] == "completed"
    (product,) = desk.told("service", "list", "--state", "active")["products"]
    ceased = csv_file(tmp_path / "e.csv", "external_id,product", f"end,{product['id']}")
    desk.run("service", "cease", "--from", ceased, "--buyer", "CT", "--to", tmp_path / "e.xlsx")
    assert {row["action"] for row in rows_of(tmp_path / "e.xlsx")} == {"delete"}


def test_a_leg_of_which_nothing_is_told_is_passed_over_and_a_wrong_event_is_a_finding(
    desk, tmp_path
):
    order = desk.order()
    leg = order["legs"][0]["name"]
    told = csv_file(tmp_path / "l.csv", "order,leg,event,state", f"{order['id']},{leg},,whatever")
    assert "no row asks for anything" in desk.run("order", "leg", "--from", told)
    wrong = csv_file(tmp_path / "l.csv", "order,leg,event", f"{order['id']},{leg},jump")
    assert desk.findings("order", "leg", "--from", wrong) == [(2, "event", "unknown-word")]


def test_parties_are_added_from_their_own_list(desk, tmp_path):
    listed = tmp_path / "parties.xlsx"
    parties = csv_file(
        tmp_path / "p.csv",
        "party,name,kind,segment,country,currency,sponsor",
        "S1,سکول گلگت,public_body,public_rural,PK,PKR,",
        "S2,=HYPERLINK(1),business,private_urban,CN,CNY,",
    )
    desk.run("party", "add", "--from", parties)
    desk.run("party", "list", "--to", listed)
    names = {row["party"]: row["name"] for row in rows_of(listed)}
    assert (names["S1"], names["S2"]) == ("سکول گلگت", "=HYPERLINK(1)")
    again = desk.told("party", "add", "--from", listed)
    assert again["counts"] == {"done": len(names)}
    wrong = csv_file(
        tmp_path / "p.csv",
        "party,name,kind,segment,country,currency,sponsor",
        "S3,,business,private_urban,CN,XXX,",
        "S4,x,business,private_urban,CN,USD,CT",
    )
    assert desk.findings("party", "add", "--from", wrong) == [
        (2, "name", "empty-cell"),
        (3, None, "broken-rule"),
    ]


TEMPLATES = {
    ("qualify",): desk_rows.QualifyRow,
    ("quote", "issue"): desk_rows.QuoteRow,
    ("quote", "decline"): desk_rows.DeclineRow,
    ("order", "place"): desk_rows.OrderRow,
    ("order", "leg"): desk_rows.LegRow,
    ("order", "cancel"): desk_rows.CancelRow,
    ("party", "add"): desk_rows.PartyRow,
    ("service", "cease"): desk_rows.CeaseRow,
    ("service", "suspend"): desk_rows.RestRow,
    ("service", "resume"): desk_rows.RestRow,
    ("dxx", "close"): desk_rows.CloseRow,
}


def test_a_template_is_a_file_that_the_command_takes(desk, tmp_path):
    for number, (command, row_type) in enumerate(TEMPLATES.items()):
        path = tmp_path / f"t{number}.{('csv', 'xlsx')[number % 2]}"
        assert "an example in row 2" in desk.run(*command, "--template", path)
        (row,) = rows_of(path)
        assert set(row) >= set(columns_of(row_type))
        answer = desk.told(*command, "--from", path, code=None)
        codes = {one["code"] for one in answer.get("error", {}).get("findings", ())}
        assert codes <= {"unknown-site"}, "the example is on the corridor"


@pytest.mark.parametrize("is_file", [False, True])
def test_what_bears_a_name_is_done_once_and_answered_alike_however_often_it_is_sent(
    desk, tmp_path, is_file
):
    declined, cancelled = desk.quote("declined")["id"], desk.order("cancelled")["id"]
    product = desk.order("rests")
    for leg in product["legs"]:
        for event in ("start", "complete"):
            desk.run("order", "leg", product["id"], leg["name"], event)
    named = {
        ("quote", "decline"): ("quote", declined, "declined"),
        ("order", "cancel"): ("order", cancelled, "cancelled"),
        ("service", "suspend"): ("product", product["product"], "suspended"),
        ("service", "resume"): ("product", product["product"], "active"),
    }
    for command, (column, subject, state) in named.items():
        name = "-".join(command)
        words = (subject, "--external-id", name)
        if is_file:
            path = csv_file(tmp_path / "r.csv", f"{column},external_id", f"{subject},{name}")
            words = ("--from", path)
        first, again = (desk.told(*command, *words) for _ in range(2))
        assert first == again
        answer = first["rows"][0]["answer"] if is_file else first
        assert answer["state"] == state
        log = desk.told("store", "log", subject)
        assert [each["action"].split(".")[1] for each in log].count(command[1]) == 1
    reused = desk.told("quote", "decline", declined, "--external-id", "order-cancel", code=2)
    assert reused["error"]["code"] == "external-id-reused"


def test_a_template_takes_the_place_of_no_table_that_is_filled_in(desk, tmp_path):
    filled = tmp_path / "wishes.csv"
    filled.write_text("mine")
    answer = desk.told("quote", "issue", "--template", filled, code=2)
    assert answer["error"]["code"] == "there-already"
    assert filled.read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("qualify",), "OFFERING, --buyer"),
        (("quote", "issue", "X"), "--buyer"),
        (("order", "leg", "x", "y"), "EVENT"),
        (("party", "add", "X", "--name", "x"), "--kind, --segment, --country"),
        (("order", "cancel"), "ORDER"),
        (("quote", "decline"), "QUOTE"),
        (("order", "place"), "QUOTE, --buyer"),
        (("service", "cease"), "PRODUCT, --buyer"),
        (("service", "suspend"), "PRODUCT"),
        (("service", "resume"), "PRODUCT"),
        (("dxx", "close"), "CONTAINER"),
    ],
)
def test_one_action_needs_all_its_words(words, missing):
    answer = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    assert answer.exit_code == 2
    assert f"name {missing}, or a file with rows: --from FILE" in answer.stderr


def test_a_bar_shows_how_many_of_many_are_done(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress_bar(quiet=False) as progress:
        progress(1, 4)
    assert "[#####---------------] 1 of 4 ..." in capsys.readouterr().err
    with progress_bar(quiet=True) as progress:
        progress(1, 4)
    assert not capsys.readouterr().err


def test_only_rows_of_an_action_are_counted():
    def no(answer):
        return answer == "no"

    outcomes = [RowOutcome(row=2, name="", answer=word) for word in ("yes", "no", "yes")]
    assert counts(outcomes, no) == {"done": 2, "no": 1}


def test_a_table_that_cannot_be_written_is_refused_before_anything_is_done(desk, tmp_path):
    wishes = csv_file(tmp_path / "w.csv", WISHES, "w1,WAVE-100G-1P1,A,Z,36,,")
    held = dict(desk.selling.store.tables.claims)
    target = tmp_path / "no" / "t.csv"
    desk.run("quote", "issue", "--from", wishes, "--buyer", "CT", "--to", target, code=2)
    assert desk.selling.store.tables.claims == held
    desk.run("party", "list", "--to", tmp_path / "t.pdf", code=2)
    order = desk.order()
    cancelled = csv_file(tmp_path / "c.csv", "order", order["id"])
    desk.run("order", "cancel", "--from", cancelled, "--to", target, code=2)
    assert desk.told("order", "show", order["id"])["state"] == "acknowledged"


def test_what_was_done_before_an_interruption_is_written(desk, tmp_path, monkeypatch):
    wishes = csv_file(
        tmp_path / "w.csv", WISHES, "w1,WAVE-100G-1P1,A,Z,36,,", "w2,WAVE-100G-1P1,A,Z,36,,"
    )
    real = desk_actions.issue_quote

    def once(asked, **more):
        if more["external_id"] == "w2":
            raise KeyboardInterrupt
        return real(asked, **more)

    monkeypatch.setattr(desk_actions, "issue_quote", once)
    target = tmp_path / "t.csv"
    desk.run("quote", "issue", "--from", wishes, "--buyer", "CT", "--to", target, code=130)
    assert {row["row"] for row in rows_of(target)} == {"2"}


def test_every_answer_of_the_desk_can_be_a_table(desk, tmp_path):
    order = desk.order()
    for leg in order["legs"]:
        for event in ("start", "complete"):
            desk.run("order", "leg", order["id"], leg["name"], event)

    def table(*words, ending="csv"):
        path = tmp_path / f"t.{ending}"
        desk.run(*words, "--to", path)
        return rows_of(path)

    legs = table("order", "show", order["id"], ending="xlsx")
    assert {row["state"] for row in legs} == {"completed"}
    (product,) = table("service", "list")
    assert (product["product"], product["active_from_utc"]) == (
        order["product"],
        "2026-11-01T09:00:00",
    )
    hops = table("trace", order["product"])
    assert {row["kind"] for row in hops} >= {"wave", "oms", "fibre", "port"}
    assert table("trace", "fibre:A-Z")[-1]["rider"] == order["product"]
    log = table("store", "log", order["id"])
    assert log[0]["action"] == "order.place"
    assert {row["name"] for row in table("dxx", "fill")} >= {"A-Z E1"}
    assert table("dxx", "map", "A") == []
    offerings = table("catalogue", "list")
    assert len({row["offering"] for row in offerings}) > 20
    assert {row["confidence"] for row in offerings if row["amount"]} <= {
        "stated",
        "derived",
        "assumed",
    }
    quote = desk.quote("another")
    path = tmp_path / "shares.csv"
    desk.run("quote", "show", quote["id"], "--shares", "--to", path)
    assert "OP1 USD 100.00 a month" in rows_of(path)[0]["shares"]
    assert "shares" not in table("quote", "show", quote["id"])[0]


def test_a_quote_is_printed_for_the_buyer_or_for_ourselves(desk, tmp_path):
    quote = desk.quote("paper")
    path = tmp_path / "q.pdf"
    assert f"Paper: {path}" in desk.run("quote", "show", quote["id"], "--pdf", path)
    theirs = path.read_bytes()
    assert theirs.startswith(b"%PDF-")
    desk.run("quote", "show", quote["id"], "--pdf", path, "--internal", "--json")
    assert path.read_bytes() != theirs
    korean = ("quote", "show", desk.quote("한국")["id"], "--pdf", str(path))
    for form in ((), ("--json",)):
        told = CliRunner().invoke(app, [*korean, *form]).stderr
        assert told.startswith(f"Warning: {path}: a box stands in place of letters"), told
        assert "한 (U+D55C), 국 (U+AD6D)" in told
    desk.run("quote", "show", quote["id"], "--internal", code=2)
    desk.run("quote", "show", quote["id"], "--fonts", tmp_path, code=2)
    desk.run("quote", "show", quote["id"], "--pdf", path, "--fonts", path, code=2)


def test_an_operators_table_has_its_legs_alone_and_comes_back_filled_in(desk, tmp_path):
    quote = desk.quote("q", "--set", "protection=1+1")
    order = desk.told("order", "place", quote["id"], "--buyer", "CT", "--external-id", "SECRET-9")
    operators = list(dict.fromkeys(leg["operator"] for leg in order["legs"]))
    assert len(operators) > 1
    others = [leg["name"] for leg in order["legs"] if leg["operator"] != operators[0]]
    path = tmp_path / "legs.xlsx"
    words = ("order", "show", order["id"], "--legs-of", operators[0])
    shown = desk.run(*words, "--to", path)
    told = desk.told(*words)
    book = openpyxl.load_workbook(path)
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value]
    for text in (shown, str(told), " ".join(cells)):
        for secret in ("SECRET-9", "USD", "CT ", quote["id"], *others):
            assert secret not in text, secret
    header = [cell.value for cell in book.active[1]]
    assert {row["operator"] for row in rows_of(path)} == {operators[0]}
    last = desk.told("order", "show", order["id"], "--legs-of", order["legs"][-1]["operator"])
    assert last["legs"][-1]["afterOthers"] == len(
        [name for name in order["legs"][-1]["after"] if order["legs"][-1]["operator"] not in name]
    )
    assert last["legs"][-1]["afterOthers"] >= 1
    book.active.cell(row=2, column=header.index("event") + 1).value = "start"
    book.active.cell(row=2, column=header.index("why") + 1).value = "crew on site"
    book.save(path)
    answer = desk.told("order", "leg", "--from", path, "--legs-of", operators[0])
    assert answer["counts"] == {"done": 1}
    legs = {leg["name"]: leg["state"] for leg in desk.told("order", "show", order["id"])["legs"]}
    assert legs[rows_of(path)[0]["leg"]] == "inProgress"
    stolen = csv_file(tmp_path / "s.csv", "order,leg,event", f"{order['id']},{others[0]},start")
    answer = desk.told("order", "leg", "--from", stolen, "--legs-of", operators[0], code=1)
    assert answer["rows"][0]["reasons"][0]["code"] == "not-your-leg"
    words = ("order", "leg", order["id"], others[0], "start", "--legs-of", operators[0])
    assert desk.told(*words, code=2)["error"]["code"] == "not-your-leg"
    desk.run("order", "show", order["id"], "--legs-of", "OP9", code=2)
    desk.run("order", "show", order["id"], "--legs-of", operators[0], "--log", code=2)


@pytest.mark.parametrize(
    "words", ["quote issue --buyer CT", "party add", "dxx open --buyer CT", "invoice pay"]
)
def test_an_answer_never_takes_the_place_of_the_rows_that_were_read(desk, tmp_path, words):
    rows = csv_file(tmp_path / "w.csv", WISHES, "w1,WAVE-100G-1P1,A,Z,36,,")
    before = rows.read_bytes()
    again = tmp_path / "again.csv"
    again.symlink_to(rows)
    for target in (rows, again):
        error = desk.told(*words.split(), "--from", rows, "--to", target, code=2)["error"]
        assert "--to would overwrite" in error["message"]
    assert rows.read_bytes() == before
