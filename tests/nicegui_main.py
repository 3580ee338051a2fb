"""What the page tests open: the whole dashboard over the embedded API, in this process."""

from tests.harness import install_for_test

install_for_test()
