"""The sandbox payment service: hosted pages, held money and signed notices as a real one has, and no real money."""

from payments.gateways.sandbox.books import PAYMENTS, REFUNDED
from payments.gateways.sandbox.gateway import SandboxGateway

KINDS = (PAYMENTS, REFUNDED)

__all__ = ["KINDS", "SandboxGateway"]
