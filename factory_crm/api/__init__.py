"""What stands behind ``import factory_crm``: its verbs, and the values they return. The command line is its first user."""
