"""What pays for what a centre did: shares of cost items (`funding.operations.attribute`), said on one page."""
