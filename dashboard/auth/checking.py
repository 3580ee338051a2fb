"""A typed password is looked at here only: at sign-in, and where somebody shows again who it is."""

from dashboard.auth.operators import Operator, Operators
from dashboard.auth.passwords import TooBusy, WrongPassword
from dashboard.auth.throttle import Throttle, TooManyTries


async def checked(
    operators: Operators, throttle: Throttle, *, name: str, address: str, password: str
) -> Operator:
    """The operator whose password it is. The try counts before it is looked at.

    Raises TooManyTries, WrongPassword, or TooBusy, with which it does not count.
    """
    wait = await throttle.try_now(name, address)
    if wait:
        raise TooManyTries(wait)
    try:
        operator = await operators.check(name, password)
    except TooBusy:
        await throttle.not_looked_at(name, address)
        raise
    if operator is None:
        raise WrongPassword
    await throttle.succeeded(name, address)
    return operator
