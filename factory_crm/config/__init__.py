"""``factory.toml``: what a factory says of its workbooks, read into a schema."""
