"""``python -m factory_crm``."""

import sys

try:
    from .cli.app import main
except KeyboardInterrupt:  # interrupted before it could begin
    sys.exit(2)

main()
