"""Identifiers that are the same in every build of the same thing."""

import uuid

# Chosen once for this product; another one would make every component a stranger to its older self.
NAMESPACE = uuid.UUID("68be3a76-cb4e-497e-bb45-a7df54bcf360")


def identifier(kind, name):
    """The GUID of what is called `name` among things of its kind."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}/{name}")).upper()


def product_code(version):
    """The ProductCode of a version: a version built again is the same product and not a second one."""
    return identifier("product", version)
