"""The register of duty cards in the window: issued, printed, made void, replaced."""
