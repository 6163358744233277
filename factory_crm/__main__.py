"""``python -m factory_crm``."""

from .cli import main

main()
