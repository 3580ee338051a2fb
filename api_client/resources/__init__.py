"""One file per noun: a signature, a route and one return each."""
