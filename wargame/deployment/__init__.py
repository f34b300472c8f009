"""What the containers of `compose.yaml` need beside the product: secrets by file, and probes."""
