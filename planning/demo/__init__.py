"""An invented firm and two invented couples, made through the product's own services."""
