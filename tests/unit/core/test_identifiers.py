from karakoram.core.identifiers import near_misses

SITES = ["Gilgit", "Karachi", "Chilas", "Rawalpindi", "Kashgar", "Karimabad"]


def test_the_nearest_name_comes_first():
    assert near_misses("Karachy", SITES)[0] == "Karachi"


def test_case_does_not_matter_and_the_name_keeps_its_own():
    assert near_misses("GILGIT", SITES) == ("Gilgit",)


def test_a_word_like_nothing_known_has_no_near_miss():
    assert near_misses("xyzzy", SITES) == ()
    assert near_misses("Gilgit", []) == ()


def test_no_more_names_are_proposed_than_asked_for():
    assert len(near_misses("Kar", ["Kara", "Kari", "Karo", "Karu"], at_most=2)) == 2
    assert len(near_misses("Kar", ["Kara", "Kari", "Karo", "Karu"])) == 3


def test_names_may_come_from_any_iterable():
    assert near_misses("Chila", iter(SITES)) == ("Chilas",)
