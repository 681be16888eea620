"""Every parser of bytes from outside, in one list: hypothesis feeds them in `make test`, atheris in `make fuzz`."""
