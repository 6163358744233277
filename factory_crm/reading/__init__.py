"""From a file to cells: its kind, its refusals, its parts (zip and XML, hardened), its sheets cell by cell."""
