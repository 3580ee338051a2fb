"""The operators: who gets in, with which role, and what everybody may see."""
