"""Example workbooks: invented data of three factories, a clerk's mistakes, and the one-customer card of the start."""
