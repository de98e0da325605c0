"""A click that leads to another page: Playwright goes on before that page is there, and a test must not."""


def follow(locator):
    """Click a link or a button and wait until the page that it leads to has been read."""
    with locator.page.expect_navigation():
        locator.click()
