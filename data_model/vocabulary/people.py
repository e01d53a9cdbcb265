"""Words for what a person is in this product."""

from data_model.vocabulary.word import Word


class Role(Word):
    """What a person is in this product; what each may do is in `access`."""

    INSPECTOR = "inspector", "Inspector", "Arolygydd"
    LEAD_INSPECTOR = "lead_inspector", "Lead inspector", "Prif arolygydd"
    PUBLISHER = "publisher", "Publisher", "Cyhoeddwr"
    SECOND_APPROVER = "second_approver", "Second approver", "Ail gymeradwywr"
    BOARD_MEMBER = "board_member", "Board member", "Aelod o'r bwrdd"
    DIRECTOR = "director", "Director", "Cyfarwyddwr"
    VERIFIER = "verifier", "Verifier", "Gwiriwr"
    ADMINISTRATOR = "administrator", "Administrator", "Gweinyddwr"
