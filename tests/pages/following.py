"""How tests use a page: fields by their names, links by their addresses, whatever the words on them.

A click leads to another page, and Playwright goes on before that page is there: ``follow`` waits for it.
"""

MAIN = "#main-content"


def follow(locator):
    """Click a link or a button and wait until the page that it leads to has been read."""
    with locator.page.expect_navigation():
        locator.click()


def field(page, name, value=None, *, method="post"):
    """The field of the page's form with a name; of radio buttons and boxes to tick the one with a value."""
    which = f'[name="{name}"]' + (f'[value="{value}"]' if value else "")
    return page.locator(f'{MAIN} form[method="{method}"] {which}:not([type="hidden"])')


def send(page, *, method="post"):
    """Send the page's form by its first button, and wait for the answer."""
    follow(page.locator(f'{MAIN} form[method="{method}"] button[type="submit"]').first)


def link(page, address):
    """The first link of the page, or button that is one, to an address."""
    return page.locator(f'{MAIN} a[href="{address}"]').first
