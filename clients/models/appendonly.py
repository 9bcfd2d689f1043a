"""Rows that are written once: changing or deleting them raises, for one row and for many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class AppendOnlyError(RuntimeError):
    """Something tried to change or delete a row that is kept as it was written."""

    def __init__(self, table: str) -> None:
        super().__init__(f"{table} rows are written once; add a new row instead of changing or deleting one.")


class AppendOnlyQuerySet(models.QuerySet[Row], Generic[Row]):
    """A queryset that can read and add, and nothing else."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(self.model.__name__)

    def bulk_update(self, _objs: Iterable[Row], _fields: Iterable[str], _batch_size: int | None = None) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(self.model.__name__)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(self.model.__name__)


class AppendOnlyModel(models.Model):
    """A model whose rows can be added and read only."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add a new row; refuse to write over a stored one."""
        if not self._state.adding:
            raise AppendOnlyError(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(type(self).__name__)
