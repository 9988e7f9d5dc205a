"""Files of a bank, a help desk and a partner are done as a whole, or not at all."""

PERIOD = ("--period", "2026-11")


def test_files_of_a_bank_and_of_a_desk_are_done_or_refused_as_a_whole(billed):
    tell, _, within, folder = billed
    bank = folder / "bank.csv"
    head = "reference,invoice,amount,currency,paid_on\n"
    good = "B2,SCO-2026-0001,20,USD,2026-12-20\nB3,SCO-2026-0001,5,USD,2026-12-20\n"
    bank.write_text(f"{head}{good}B4,SCO-2026-0001,5000,USD,2026-12-20\n", encoding="utf-8")
    told = tell("invoice", "pay", "--from", str(bank), *within, code=2)
    assert "payment-too-large" in told
    assert len(tell("invoice", "show", "SCO-2026-0001")["payments"]) == 1
    bank.write_text(f"{head}{good}", encoding="utf-8")
    answers = tell("invoice", "pay", "--from", str(bank), "--to", str(folder / "p.xlsx"), *within)
    assert [each["row"] for each in answers["rows"]] == [2, 3]
    assert len(tell("invoice", "show", "SCO-2026-0001")["payments"]) == 3
    outages = folder / "outages.csv"
    tell("outage", "list", "--to", str(outages))
    again = tell("outage", "add", "--from", str(outages), *within)
    assert again["rows"][0]["answer"]["id"] == "TT-1"
    for command in (
        ("outage", "add"),
        ("invoice", "pay"),
        ("dispute", "open"),
        ("dispute", "answer"),
    ):
        template = folder / f"{command[0]}-{command[1]}.xlsx"
        tell(*command, "--template", str(template))
        assert "name" in tell(*command, *within, code=2)
        assert "row" in tell(*command, "--from", str(template), *within, code=2)


def test_disputes_and_their_answers_come_as_files(billed):
    tell, shown, within, folder = billed
    tell("statement", "make", *PERIOD, *within)
    ours = next(
        each for each in tell("statement", "list")["statements"] if each["operator"] == "OP1"
    )
    line = next(each for each in ours["lines"] if each["kind"] == "credit_borne")
    opened = folder / "opened.csv"
    opened.write_text(
        "subject,line,amount,currency,against,reason\n"
        f"{ours['number']},{line['key']},1,USD,SCO,hand-over\n",
        encoding="utf-8",
    )
    (row,) = tell("dispute", "open", "--from", str(opened), *within)["rows"]
    answers = folder / "answers.csv"
    answers.write_text(
        f"dispute,event,granted,currency\n{row['answer']['number']},accept,0.50,USD\n",
        encoding="utf-8",
    )
    assert row["answer"]["number"] in shown("dispute", "answer", "--from", str(answers), *within)
    assert tell("dispute", "list")["disputes"][0]["granted"]["value"] == "0.50"
