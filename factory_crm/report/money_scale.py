"""Choose the unit in which amounts are shown: yuan or ten thousand yuan."""

from dataclasses import dataclass

from .values import CachedFormula, rounded

TEN_THOUSAND = 10_000
_WORTH_LARGE = 10 * TEN_THOUSAND * 100


@dataclass(frozen=True)
class MoneyUnit:
    """In what amounts are shown: 元, or 万元 where they are large."""

    unit: str
    divisor: int
    number_format: str

    def of(self, fen: float) -> float:
        """Return an amount in this unit."""
        return fen / 100 / self.divisor

    def live(self, live: CachedFormula) -> CachedFormula:
        """Return a formula of yuan in this unit."""
        if self.divisor == 1:
            return live
        return CachedFormula(f"ROUND({live.formula}/{self.divisor},6)", rounded(float(live.value) / self.divisor, 6))


YUAN, LARGE = MoneyUnit("元", 1, "#,##0.00"), MoneyUnit("万元", TEN_THOUSAND, "#,##0.0")


def money_for(largest_fen: float | None) -> MoneyUnit:
    """Return the unit in which an amount reads best."""
    return LARGE if abs(largest_fen or 0) >= _WORTH_LARGE else YUAN
