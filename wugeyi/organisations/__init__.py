"""The register: organisations in dated trees, their areas, and posts held in them."""
