"""Home."""


def test_a(open_page):
    app = open_page("home", "priya-lead")
    print(app.title, app.exception, [b.label for b in app.sidebar.button])
    app = open_page("trail", "priya-lead")
    print(app.title, app.exception, app.error)
    app = open_page("trail")
    print(app.title, app.exception, app.error)
