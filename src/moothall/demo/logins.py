"""Who can sign in to the demo, as what."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "Avonmere-does-not-exist"  # noqa: S105 - shown on the page on which it is used; for a demo only


@dataclass(frozen=True, slots=True)
class Login:
    """One way into the demo."""

    role: str
    name: str

    @property
    def email(self) -> str:
        """paul.winslade@avonmere.example"""
        return f"{self.name.lower().replace(' ', '.')}@avonmere.example"
